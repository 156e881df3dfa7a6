// The metadata and blocks of an answer -> what happened: the question as understood, times, scores, raw JSON.

import { usePage } from "./context";
import { source } from "./Blocks";
import { Icon } from "./Icon";
import { words } from "./Mrkdwn";
import { clock } from "./time";
import type { Channel, Json, Message } from "./types";
import { say, type Key } from "./wording";

export function Details({ channel, ts, close }: { channel: Channel; ts: string; close: () => void }) {
  const { workspace, openDetails } = usePage();
  const answers = workspace.messages.filter((message) => message.channel === channel.id && message.bot_id);
  const explained = answers.filter((message) => message.metadata);
  const answer = ts === "last" ? (explained.at(-1) ?? answers.at(-1)) : answers.find((message) => message.ts === ts);
  return (
    <aside className="lk-side lk-details" aria-label={say("what-happened")}>
      <header className="lk-header">
        <button type="button" className="lk-quiet lk-back" aria-label={say("back-to-channel")} onClick={close}><Icon name="back" /></button>
        <div className="lk-header-text"><h2>{say("what-happened")}</h2><p>{answer ? say("answer-at", { time: clock(answer.ts) }) : say("no-answer")}</p></div>
        <button type="button" className="lk-quiet lk-close" aria-label={say("close")} onClick={close}><Icon name="close" /></button>
      </header>
      <div className="lk-list lk-panel" tabIndex={0} role="region" aria-label={say("details-of")}>
        {explained.length > 1 && (
          <label className="lk-which">
            <span>{say("answer")}</span>
            <span className="lk-select">
              <select value={answer?.ts} onChange={(event) => openDetails(event.target.value)}>
                {explained.toReversed().map((each) => <option key={each.ts} value={each.ts}>{clock(each.ts)} · {title(each)}</option>)}
              </select>
              <Icon name="down" size={14} />
            </span>
          </label>
        )}
        {answer ? <Explained message={answer} /> : <p className="lk-empty">{say("ask-first")}</p>}
      </div>
    </aside>
  );
}

function title(message: Message): string {
  const understood = message.metadata?.event_payload.understood as unknown;
  return typeof understood === "string" ? understood.slice(0, 40) : message.text.slice(0, 40);
}

function Explained({ message }: { message: Message }) {
  const payload = (message.metadata?.event_payload ?? {}) as Json;
  const { understood, timings_ms: timings, hits, event: _itsKey, ...rest } = payload; // the key is among the raw metadata
  return (
    <>
      {understood !== undefined && (
        <section>
          <h3>{say("understood-as")}</h3>
          {typeof understood === "string" ? <p className="lk-understood">{understood}</p> : <Facts facts={understood as Json} />}
        </section>
      )}
      {timings && <Timings timings={timings as Json} />}
      {Array.isArray(hits) && hits.length > 0 && <Hits hits={hits as Json[]} cards={cardsOf(message)} />}
      {Object.keys(rest).length > 0 && <section><h3>{say("also-recorded")}</h3><Facts facts={rest} /></section>}
      {!message.metadata && <p className="lk-empty">{say("no-metadata")}</p>}
      <Raw name={say("raw-blocks")} value={message.blocks ?? []} />
      {message.metadata && <Raw name={say("raw-metadata")} value={message.metadata} />}
    </>
  );
}

/** The bot's steps that have words of ours; another is told by its name. */
const STEPS: Record<string, Key> = { encode: "step-encode", search: "step-search" };

function Timings({ timings }: { timings: Json }) {
  const { total, ...steps } = timings;
  const entries = Object.entries(steps).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  const sum = typeof total === "number" ? total : entries.reduce((all, [, ms]) => all + ms, 0);
  const longest = Math.max(...entries.map(([, ms]) => ms), 0.001);
  return (
    <section>
      <h3>{say("time")} <span className="lk-total">{ms(sum)}</span></h3>
      <ul className="lk-bars">
        {entries.map(([name, value]) => (
          <li key={name}>
            <span>{STEPS[name] ? say(STEPS[name]) : name.replaceAll("_", " ")}</span>
            <span className="lk-bar"><i style={{ width: `${(value / longest) * 100}%` }} /></span>
            <b>{ms(value)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The cards of an answer, in the order of its hits; none where their numbers differ. */
function cardsOf(message: Message): Json[] {
  const carousel = message.blocks?.find((block) => block.type === "carousel");
  const cards = (carousel?.elements as Json[] | undefined) ?? [];
  const hits = message.metadata?.event_payload.hits as unknown[] | undefined;
  return cards.length === hits?.length ? cards : [];
}

function Hits({ hits, cards }: { hits: Json[]; cards: Json[] }) {
  const best = Math.max(...hits.map((hit) => Number(hit.score) || 0), 0.001);
  return (
    <section>
      <h3>{say("scores")}</h3>
      <ol className="lk-hits">
        {hits.map((hit, index) => (
          <li key={`${String(hit.id)}-${index}`}>
            {cards[index]?.hero_image && <img src={source(cards[index].hero_image as Json)} alt="" />}
            <div><b>{words(cards[index]?.title).replace(/[*_~`]/g, "") || String(hit.title ?? hit.id)}</b> <span>{Number(hit.score).toFixed(3)}</span></div>
            <span className="lk-bar"><i style={{ width: `${Math.max(0, (Number(hit.score) / best) * 100)}%` }} /></span>
            {hit.why && <p>{Array.isArray(hit.why) ? hit.why.join(" · ") : String(hit.why)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Facts({ facts }: { facts: Json }) {
  return (
    <dl className="lk-facts">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name.replaceAll("_", " ")}</dt>
          <dd>{typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Raw({ name, value }: { name: string; value: unknown }) {
  return (
    <details className="lk-raw">
      <summary>{name}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

function ms(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}
