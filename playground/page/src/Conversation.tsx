// A channel -> its header, its messages by day, what to try, and the composer.

import { useRef } from "react";
import { Avatar } from "./Avatar";
import { Composer, type Sender } from "./Composer";
import { usePage } from "./context";
import { Icon } from "./Icon";
import { MessageRow } from "./MessageRow";
import type { Route } from "./route";
import { Samples } from "./Samples";
import { StatusLine } from "./StatusLine";
import { useStickToEnd } from "./stick";
import { day } from "./time";
import type { Channel, Message } from "./types";
import { say } from "./wording";

interface Props {
  channel: Channel;
  isDirect: boolean;
  go: (route: Route) => void;
  detailsOpen: boolean;
}

export function Conversation({ channel, isDirect, go, detailsOpen }: Props) {
  const { workspace, me, user, act } = usePage();
  const list = useRef<HTMLDivElement>(null);
  const sender = useRef<Sender>(null);
  const bot = user(workspace.app.bot_user);
  const messages = workspace.messages.filter(
    (message) =>
      message.channel === channel.id &&
      (!message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast") &&
      (!message.ephemeral_to || message.ephemeral_to === me.id),
  );
  const withoutBot = !channel.members.includes(bot.id);
  const prompts = workspace.prompts.find((each) => each.channel === channel.id);

  useStickToEnd(list);

  const title = isDirect ? workspace.app.name : `#${channel.name}`;
  return (
    <section className="lk-conversation" aria-label={title}>
      <header className="lk-header">
        <button type="button" className="lk-quiet lk-back" aria-label={say("back-to-channels")} onClick={() => go({ place: "" })}>
          <Icon name="back" />
        </button>
        {isDirect ? <Avatar user={bot} size={26} /> : <Icon name={channel.is_private ? "lock" : "hash"} />}
        <div className="lk-header-text">
          <h2>{isDirect ? workspace.app.name : channel.name}</h2>
          <p>{isDirect ? workspace.app.description : channel.topic?.value}</p>
        </div>
        {isDirect && workspace.app.home_tab && (
          <button type="button" className="lk-tab" onClick={() => go({ place: channel.id, home: true })}>{say("home")}</button>
        )}
        {!isDirect && (
          <span className="lk-faces" aria-label={say("members", { count: channel.members.length })} role="img">
            {channel.members.slice(0, 3).map((id) => <Avatar key={id} user={user(id)} size={22} />)}
            <span>{channel.members.length}</span>
          </span>
        )}
        <button type="button" className="lk-pill" aria-pressed={detailsOpen} aria-label={say("what-happened")}
          onClick={() => go(detailsOpen ? { place: channel.id } : { place: channel.id, details: "last" })}>
          <Icon name="pulse" size={16} /> <span>{say("what-happened")}</span>
        </button>
      </header>
      <div className="lk-list" ref={list} role="log" aria-label={say("messages-in", { place: title })} tabIndex={0}>
        <div>
          <Welcome channel={channel} isDirect={isDirect} />
          {messages.map((message, index) => (
            <MessageWithDay key={message.ts} message={message} before={messages[index - 1]} />
          ))}
          <StatusLine channel={channel.id} threads={messages.map((message) => message.ts)} />
        </div>
      </div>
      {withoutBot && (
        <p className="lk-invite">
          {say("not-here", { app: workspace.app.name })}
          <button type="button" className="lk-button lk-small" onClick={() => void act("invite", { channel: channel.id })}>
            {say("invite")}
          </button>
        </p>
      )}
      {isDirect && prompts && messages.length === 0 ? (
        <div className="lk-prompts">
          {prompts.title && <p>{prompts.title}</p>}
          {prompts.prompts.map((prompt) => (
            <button key={prompt.title} type="button" className="lk-chip" onClick={() => void sender.current?.send(prompt.message)}>
              {prompt.title}
            </button>
          ))}
        </div>
      ) : null}
      {!withoutBot && <Samples sender={sender} />}
      <Composer ref={sender} channel={channel} 
        placeholder={isDirect ? say("write-to-app", { app: workspace.app.name }) : say("write-to-channel", { channel: channel.name!, bot: bot.name })}
        mention={isDirect || withoutBot ? undefined : bot.name} />
    </section>
  );
}

export function MessageWithDay({ message, before, inThread }: { message: Message; before?: Message; inThread?: boolean }) {
  const newDay = !before || day(before.ts) !== day(message.ts);
  const soonAfter = before && Number(message.ts) - Number(before.ts) < 300 && before.user === message.user;
  const compact = Boolean(soonAfter && !newDay && !message.ephemeral_to && !before?.ephemeral_to && !before?.reply_count);
  return (
    <>
      {newDay && !inThread && (
        <div className="lk-day" role="separator" aria-label={day(message.ts)}>
          <span>{day(message.ts)}</span>
        </div>
      )}
      <MessageRow message={message} compact={compact} inThread={inThread} />
    </>
  );
}

function Welcome({ channel, isDirect }: { channel: Channel; isDirect: boolean }) {
  const { workspace, user } = usePage();
  const bot = user(workspace.app.bot_user);
  return (
    <div className="lk-welcome">
      {isDirect ? <Avatar user={bot} size={52} /> : <span className="lk-welcome-mark"><Icon name="hash" size={28} /></span>}
      <h3>{isDirect ? say("welcome-direct", { app: workspace.app.name }) : say("welcome-channel", { channel: channel.name! })}</h3>
      <p>
        {isDirect ? say("how-direct") : say("how-channel", { bot: bot.name })}
      </p>
    </div>
  );
}
