// One message -> a row: who, when, what, files, blocks, reactions, the thread under it, and a toolbar.

import { useState } from "react";
import { Avatar } from "./Avatar";
import { Blocks } from "./Blocks";
import { usePage } from "./context";
import { Files } from "./Files";
import { Icon } from "./Icon";
import { Menu, type Item } from "./Menu";
import { EMOJI, Mrkdwn } from "./Mrkdwn";
import { clock, date } from "./time";
import type { Message, Values } from "./types";
import { say } from "./wording";

const QUICK = ["eyes", "white_check_mark", "heart"];

export function MessageRow({ message, compact, inThread }: { message: Message; compact?: boolean; inThread?: boolean }) {
  const page = usePage();
  const { user, me, act } = page;
  const author = user(message.user);
  const [menuOpen, setMenuOpen] = useState(false);
  const [editing, setEditing] = useState(false);
  return (
    <article className={`lk-message ${compact ? "lk-compact" : ""} ${message.ephemeral_to ? "lk-ephemeral" : ""} ${menuOpen ? "lk-open" : ""}`}
      aria-label={`${author.real_name}, ${clock(message.ts)}`} data-ts={message.ts}>
      <div className="lk-gutter">
        {compact ? (
          <time className="lk-time-small">{clock(message.ts).replace(/\s?[AP]M$/i, "")}</time>
        ) : (
          <Avatar user={author} />
        )}
      </div>
      <div className="lk-body">
        {message.ephemeral_to && <p className="lk-only-you"><Icon name="user" size={13} /> {say("only-you")}</p>}
        {!compact && (
          <p className="lk-who">
            <b>{author.is_bot ? page.workspace.app.name : author.real_name}</b>
            {author.is_bot && <span className="lk-tag">{say("app-tag")}</span>}
            <time dateTime={date(message.ts).toISOString()}>{clock(message.ts)}</time>
          </p>
        )}
        {editing ? (
          <Edit message={message} done={() => setEditing(false)} />
        ) : (
          <Content message={message} />
        )}
        {(message.attachments ?? []).map((attachment, index) => (
          <blockquote key={index} className="lk-attachment">
            {attachment.pretext && <Mrkdwn text={{ type: "mrkdwn", text: attachment.pretext }} />}
            {attachment.title && <b>{String(attachment.title)}</b>}
            <Mrkdwn text={{ type: "mrkdwn", text: String(attachment.text ?? attachment.fallback ?? "") }} />
          </blockquote>
        ))}
        <Files files={message.files ?? []} />
        {message.reactions && (
          <div className="lk-reactions">
            {message.reactions.map((reaction) => (
              <button key={reaction.name} type="button" aria-pressed={reaction.users.includes(me.id)}
                aria-label={say("reacted", { count: reaction.count, name: reaction.name })} className="lk-reaction"
                onClick={() => void act("react", { channel: message.channel, ts: message.ts, name: reaction.name })}>
                <span aria-hidden="true">{EMOJI[reaction.name] ?? `:${reaction.name}:`}</span> {reaction.count}
              </button>
            ))}
          </div>
        )}
        {Boolean(message.reply_count) && !inThread && <ThreadSummary message={message} />}
      </div>
      <Toolbar message={message} inThread={inThread} edit={() => setEditing(true)} setMenuOpen={setMenuOpen} />
    </article>
  );
}

function Content({ message }: { message: Message }) {
  const { act } = usePage();
  const [values, setValues] = useState<Values>({});
  const blocks = message.blocks ?? [];
  if (!blocks.length) {
    return message.text ? (
      <div className="lk-text"><Mrkdwn text={{ type: "mrkdwn", text: message.text }} />{message.edited && !message.bot_id && <Edited />}</div>
    ) : null;
  }
  return (
    <>
      <Blocks blocks={blocks} surface={{
        values,
        errors: {},
        setValue: (block, action, value) => setValues((now) => ({ ...now, [block]: { ...now[block], [action]: value } })),
        use: async (block, action, value) => {
          const state = value === undefined ? values : { ...values, [block]: { ...values[block], [action]: value } };
          await act("click", {
            channel: message.channel, ts: message.ts, block_id: block, action_id: action, value, state: inputs(state, blocks),
          });
        },
      }} />
      {message.edited && !message.bot_id && <Edited />}
    </>
  );
}

/** Only inputs have a state; a thumb or an overflow entry has none. */
function inputs(values: Values, blocks: { block_id?: string; [name: string]: any }[]): Values {
  const kept: Values = {};
  for (const block of blocks) {
    const elements = [block.element, block.accessory, ...(block.elements ?? [])].filter(Boolean);
    for (const element of elements) {
      const entered = values[block.block_id ?? ""]?.[element.action_id];
      if (entered !== undefined && !["overflow", "feedback_buttons", "button", "icon_button"].includes(element.type)) {
        kept[block.block_id!] = { ...kept[block.block_id!], [element.action_id]: entered };
      }
    }
  }
  return kept;
}

function Edited() {
  return <small className="lk-edited">{say("edited")}</small>;
}

function Edit({ message, done }: { message: Message; done: () => void }) {
  const { act } = usePage();
  const [text, setText] = useState(() => message.text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"));
  const save = async () => {
    await act("edit", { channel: message.channel, ts: message.ts, text });
    done();
  };
  return (
    <form className="lk-edit" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <textarea aria-label={say("edit-message")} value={text} autoFocus rows={2} onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") done();
          if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); void save(); }
        }} />
      <span>
        <button type="button" className="lk-button lk-small" onClick={done}>{say("cancel")}</button>
        <button type="submit" className="lk-button lk-small lk-primary">{say("save")}</button>
      </span>
    </form>
  );
}

function ThreadSummary({ message }: { message: Message }) {
  const { user, openThread } = usePage();
  const count = message.reply_count!;
  return (
    <button type="button" className="lk-thread-summary" onClick={() => openThread(message.channel, message.ts)}>
      <span className="lk-faces">
        {(message.reply_users ?? []).slice(0, 4).map((id) => <Avatar key={id} user={user(id)} size={22} />)}
      </span>
      <b>{say("replies", { count })}</b>
      <span className="lk-last-reply">{say("last-reply", { time: clock(message.latest_reply!) })}</span>
    </button>
  );
}

interface ToolbarProps {
  message: Message;
  inThread?: boolean;
  edit: () => void;
  setMenuOpen: (open: boolean) => void;
}

function Toolbar({ message, inThread, edit, setMenuOpen }: ToolbarProps) {
  const { workspace, me, act, openThread, openDetails } = usePage();
  const here = { channel: message.channel, ts: message.ts };
  if (message.ephemeral_to) {
    return (
      <div className="lk-toolbar" role="toolbar" aria-label={say("message-actions")}>
        <button type="button" className="lk-tool" aria-label={say("dismiss-message")} title={say("dismiss")} onClick={() => void act("delete", here)}>
          <Icon name="close" size={16} />
        </button>
      </div>
    );
  }
  const shortcuts = workspace.shortcuts.filter((each) => each.kind === "message");
  const items: Item[] = shortcuts.map((each) => ({
    label: each.name,
    icon: "similar",
    run: () => void act("shortcut", { ...here, callback_id: each.callback_id }),
  }));
  if (message.metadata || message.bot_id) {
    items.push({ label: say("what-happened"), icon: "pulse", run: () => openDetails(message.ts) });
  }
  if (message.user === me.id) {
    items.push({ label: say("edit-message"), icon: "edit", run: edit });
    items.push({ label: say("delete-message"), icon: "bin", danger: true, run: () => void act("delete", here) });
  }
  return (
    <div className="lk-toolbar" role="toolbar" aria-label={say("message-actions")}>
      {QUICK.map((name) => (
        <button key={name} type="button" className="lk-tool lk-tool-emoji" aria-label={say("react", { name: name.replaceAll("_", " ") })}
          onClick={() => void act("react", { ...here, name })}>
          <span aria-hidden="true">{EMOJI[name]}</span>
        </button>
      ))}
      {!inThread && (
        <button type="button" className="lk-tool" aria-label={say("reply-in-thread")} title={say("reply-in-thread")}
          onClick={() => openThread(message.channel, message.thread_ts ?? message.ts)}>
          <Icon name="reply" size={17} />
        </button>
      )}
      {shortcuts.slice(0, 1).map((each) => (
        <button key={each.callback_id} type="button" className="lk-tool" aria-label={each.name} title={each.name}
          onClick={() => void act("shortcut", { ...here, callback_id: each.callback_id })}>
          <Icon name="similar" size={17} />
        </button>
      ))}
      <Menu label={say("more-actions")} icon="more" items={items} className="lk-tool" onOpenChange={setMenuOpen} />
    </div>
  );
}
