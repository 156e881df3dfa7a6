// A thread -> a pane beside the channel: the first message, the replies, and a composer.

import { useEffect, useRef } from "react";
import { Composer } from "./Composer";
import { MessageWithDay } from "./Conversation";
import { usePage } from "./context";
import { Icon } from "./Icon";
import { StatusLine } from "./StatusLine";
import { useShowNewest } from "./stick";
import type { Channel } from "./types";
import { say } from "./wording";

export function ThreadPane({ channel, ts, close }: { channel: Channel; ts: string; close: () => void }) {
  const { workspace, me } = usePage();
  const list = useRef<HTMLDivElement>(null);
  const root = workspace.messages.find((message) => message.ts === ts && message.channel === channel.id);
  const replies = workspace.messages.filter(
    (message) =>
      message.channel === channel.id && message.thread_ts === ts && message.ts !== ts &&
      (!message.ephemeral_to || message.ephemeral_to === me.id),
  );

  useShowNewest(list, replies.at(-1)?.ts);

  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      const busy = document.querySelector("dialog[open], [role=menu], [role=listbox]");
      if (event.key === "Escape" && !busy) close();
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [close]);

  return (
    <aside className="lk-side" aria-label={say("thread")}>
      <header className="lk-header">
        <button type="button" className="lk-quiet lk-back" aria-label={say("back-to-channel")} onClick={close}><Icon name="back" /></button>
        <div className="lk-header-text">
          <h2>{say("thread")}</h2>
          <p>{channel.name ? `#${channel.name}` : workspace.app.name}</p>
        </div>
        <button type="button" className="lk-quiet lk-close" aria-label={say("close-thread")} onClick={close}><Icon name="close" /></button>
      </header>
      <div className="lk-list" ref={list} role="log" aria-label={say("messages-in-thread")} tabIndex={0}>
        <div>
          {root ? <MessageWithDay message={root} inThread /> : <p className="lk-empty">{say("message-gone")}</p>}
          {replies.length > 0 && (
            <div className="lk-count" role="separator" aria-label={say("replies", { count: replies.length })}>
              <span>{say("replies", { count: replies.length })}</span>
            </div>
          )}
          {replies.map((message, index) => (
            <MessageWithDay key={message.ts} message={message} before={replies[index - 1]} inThread />
          ))}
          <StatusLine channel={channel.id} threads={[ts]} />
        </div>
      </div>
      {root && <Composer channel={channel} threadTs={ts} placeholder={say("reply-hint")} />}
    </aside>
  );
}
