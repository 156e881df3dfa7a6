// Blocks of a message or a view -> the library's drawing for what is only shown, our controls for what is used.

import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Control } from "./Control";
import { Icon } from "./Icon";
import { Draw, Mrkdwn, words } from "./Mrkdwn";
import { SurfaceContext, useSurface, type Surface } from "./surface";
import type { Json } from "./types";
import { say } from "./wording";

export function Blocks({ blocks, surface }: { blocks: Json[]; surface: Surface }) {
  return (
    <SurfaceContext.Provider value={surface}>
      <div className="lk-blocks">
        {blocks.map((block, index) => (
          <BlockOf key={(block.block_id as string) ?? index} block={block} />
        ))}
      </div>
    </SurfaceContext.Provider>
  );
}

const SHOWN = ["divider", "rich_text", "markdown", "table", "video", "alert", "plan", "task_card"];

function BlockOf({ block }: { block: Json }): ReactNode {
  switch (block.type) {
    case "header":
      return <div className="lk-headline"><Draw blocks={[block]} /></div>;
    case "section":
      return <Section block={block} />;
    case "image":
      return <Picture image={block} />;
    case "context":
      return <Context block={block} />;
    case "actions":
    case "context_actions":
      return (
        <div className={`lk-actions ${block.type === "context_actions" ? "lk-actions-quiet" : ""}`}>
          {(block.elements as Json[]).map((element) => (
            <Control key={element.action_id as string} element={element} blockId={block.block_id as string} />
          ))}
        </div>
      );
    case "input":
      return <Input block={block} />;
    case "carousel":
      return <Carousel cards={block.elements as Json[]} />;
    case "card":
      return <Card card={block} />;
    case "container":
      return (
        <div className="lk-container">
          {block.title && <strong>{words(block.title)}</strong>}
          {((block.child_blocks as Json[]) ?? []).map((child, index) => <BlockOf key={index} block={child} />)}
        </div>
      );
    default:
      if (SHOWN.includes(block.type as string)) return <Draw blocks={[block]} />;
      return <p className="lk-unknown">{say("cannot-draw", { kind: String(block.type) })}</p>;
  }
}

function Section({ block }: { block: Json }) {
  const accessory = block.accessory as Json | undefined;
  const { accessory: _left, ...shown } = block;
  return (
    <div className="lk-section">
      <div className="lk-section-text">
        <Draw blocks={[shown]} />
      </div>
      {accessory && (
        <div className="lk-accessory">
          {accessory.type === "image" ? (
            <img className="lk-accessory-image" src={source(accessory)} alt={String(accessory.alt_text ?? "")} />
          ) : (
            <Control element={accessory} blockId={block.block_id as string} />
          )}
        </div>
      )}
    </div>
  );
}

function Context({ block }: { block: Json }) {
  return (
    <div className="lk-context">
      {(block.elements as Json[]).map((element, index) =>
        element.type === "image" ? (
          <img key={index} className="lk-context-image" src={source(element)} alt={String(element.alt_text ?? "")} />
        ) : (
          <Mrkdwn key={index} text={element} />
        ),
      )}
    </div>
  );
}

/** Where this page loads a block's image from: the server has checked it and keeps it. */
export function source(image: Json): string {
  const file = image.slack_file as Json | undefined;
  if (file?.id) return `/page/files/${encodeURIComponent(file.id as string)}`;
  if (file?.url) return `/page/files/${encodeURIComponent(/-(F\w+)\//.exec(file.url as string)?.[1] ?? "")}`;
  return `/page/image?url=${encodeURIComponent(String(image.image_url ?? ""))}`;
}

function Picture({ image }: { image: Json }) {
  const [open, setOpen] = useState(true);
  const title = words(image.title) || say("picture");
  return (
    <figure className="lk-figure">
      <figcaption>
        <button type="button" className="lk-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          {title} <Icon name={open ? "down" : "right"} size={12} />
        </button>
      </figcaption>
      {open && <img className="lk-picture" src={source(image)} alt={String(image.alt_text ?? "")} />}
    </figure>
  );
}

function Carousel({ cards }: { cards: Json[] }) {
  const row = useRef<HTMLUListElement>(null);
  const scroll = (direction: number) => row.current?.scrollBy({ left: direction * 480, behavior: "smooth" });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== row.current) return;
    if (event.key === "ArrowRight") scroll(1);
    if (event.key === "ArrowLeft") scroll(-1);
  };
  return (
    <div className="lk-carousel">
      <ul ref={row} className="lk-carousel-row" tabIndex={0} aria-label={say("cards", { count: cards.length })} onKeyDown={onKeyDown}>
        {cards.map((card, index) => (
          <li key={(card.block_id as string) ?? index}>
            <Card card={card} />
          </li>
        ))}
      </ul>
      {cards.length > 2 && (
        <div className="lk-carousel-buttons">
          <button type="button" className="lk-round" aria-label={say("cards-before")} onClick={() => scroll(-1)}>
            <Icon name="back" size={16} />
          </button>
          <button type="button" className="lk-round" aria-label={say("cards-after")} onClick={() => scroll(1)}>
            <Icon name="right" size={16} />
          </button>
        </div>
      )}
    </div>
  );
}

function Card({ card }: { card: Json }) {
  const hero = card.hero_image as Json | undefined;
  const icon = card.icon as Json | undefined;
  const blank = hero?.slack_file; // Slack takes a file here and shows nothing
  return (
    <article className="lk-card">
      {hero && <div className="lk-hero">{!blank && <img src={source(hero)} alt={String(hero.alt_text ?? "")} />}</div>}
      <div className="lk-card-text">
        {icon && <img className="lk-card-icon" src={source(icon)} alt={String(icon.alt_text ?? "")} />}
        <div>
          {card.title && <div className="lk-card-title" title={words(card.title)}><Mrkdwn text={card.title as Json} /></div>}
          {card.subtitle && <div className="lk-card-subtitle"><Mrkdwn text={card.subtitle as Json} /></div>}
        </div>
      </div>
      {card.body && <div className="lk-card-body"><Mrkdwn text={card.body as Json} /></div>}
      {card.actions && (
        <div className="lk-card-actions">
          {(card.actions as Json[]).map((element) => (
            <Control key={element.action_id as string} element={element} blockId={card.block_id as string} small />
          ))}
        </div>
      )}
    </article>
  );
}

function Input({ block }: { block: Json }) {
  const { errors } = useSurface();
  const blockId = block.block_id as string;
  const error = errors[blockId];
  const label = words(block.label);
  const inputId = `input-${blockId}`;
  const grouped = ["checkboxes", "radio_buttons", "multi_static_select"].includes(block.element.type as string);
  return (
    <div className="lk-field" role={grouped ? "group" : undefined} aria-label={grouped ? label : undefined}>
      <label htmlFor={grouped ? undefined : inputId}>
        {label} {block.optional && <span className="lk-optional">{say("optional")}</span>}
      </label>
      <Control element={block.element as Json} blockId={blockId} inputId={inputId} label={label}
        quiet={!block.dispatch_action} required={!block.optional} error={error} />
      {block.hint && <p className="lk-hint">{words(block.hint)}</p>}
      {error && <p className="lk-error" id={`${inputId}-error`} role="alert">{error}</p>}
    </div>
  );
}
