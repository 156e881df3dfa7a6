// The workspace -> the whole screen: sidebar, conversation or Home, and one pane beside it.

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { act as send, Refused } from "./actions";
import { BotMark } from "./Avatar";
import { PageContext, type Page } from "./context";
import { Conversation } from "./Conversation";
import { Details } from "./Details";
import { Home } from "./Home";
import { useWorkspace } from "./live";
import { ModalStack } from "./ModalStack";
import { useRoute } from "./route";
import { Sidebar } from "./Sidebar";
import { ThreadPane } from "./ThreadPane";
import type { Json, User, Workspace } from "./types";
import { say, speak } from "./wording";

type Theme = "light" | "dark";

export function App() {
  const { workspace, connected } = useWorkspace();
  if (!workspace) {
    return (
      <div className="lk-loading" role="status">
        <BotMark size={56} />
        <p>{say("loading")}</p>
      </div>
    );
  }
  return <Screen workspace={workspace} connected={connected} />;
}

function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = localStorage.getItem("theme");
    if (kept === "light" || kept === "dark") return kept;
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  });
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const toggle = () => {
    const next = theme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", next);
    setTheme(next);
  };
  return [theme, toggle];
}

/** Whom a new visitor is: the first person; for another language than theirs, the first who speaks it. */
function likeMe(people: User[]): User {
  const wanted = navigator.language.slice(0, 2);
  return people.find((user) => user.locale?.startsWith(wanted)) ?? people[0]!;
}

function Screen({ workspace, connected }: { workspace: Workspace; connected: boolean }) {
  const [route, go] = useRoute();
  const [theme, toggleTheme] = useTheme();
  const people = workspace.users.filter((user) => !user.is_bot);
  const [myName, setMyName] = useState(() => localStorage.getItem("me") ?? likeMe(people).name);
  const me = people.find((user) => user.name === myName) ?? people[0]!;
  speak(me.locale ?? navigator.language);
  const [notice, setNotice] = useState<string>();
  const [unread, setUnread] = useState(new Set<string>());
  const seen = useRef(new Set(workspace.messages.map((message) => message.ts)));

  const bot = workspace.app.bot_user;
  const direct = workspace.channels.find((each) => each.is_im && each.members.includes(me.id) && each.members.includes(bot));
  const first = workspace.channels.find((each) => each.name);
  const wide = matchMedia("(min-width: 821px)").matches;
  const place = route.place || (wide ? (first?.id ?? "") : "");
  const channel = workspace.channels.find((each) => each.id === place);

  const act = useCallback(
    async (verb: string, body: Json = {}) => {
      try {
        return await send(verb, me.id, body);
      } catch (error) {
        setNotice(error instanceof Refused ? error.message : say("went-wrong"));
        return undefined;
      }
    },
    [me.id],
  );

  const page: Page = useMemo(() => {
    const byId = new Map(workspace.users.map((user) => [user.id, user]));
    const stranger: User = { id: "", name: "somebody", real_name: say("somebody"), is_bot: false, hue: 0 };
    return {
      workspace,
      me,
      theme,
      act,
      user: (id) => byId.get(id) ?? stranger,
      openThread: (inChannel, ts) => go({ place: inChannel, thread: ts }),
      openDetails: (ts) => go({ place, details: ts }),
    };
  }, [workspace, me, theme, act, place]);

  // An answer to my question in this channel opens its thread: results are seen at once, on a phone too.
  useEffect(() => {
    const fresh = workspace.messages.filter((message) => !seen.current.has(message.ts));
    fresh.forEach((message) => seen.current.add(message.ts));
    const elsewhere = fresh.filter((message) => message.channel !== place && message.user !== me.id && !message.ephemeral_to);
    if (elsewhere.length) setUnread((now) => new Set([...now, ...elsewhere.map((message) => message.channel)]));
    const answer = fresh.find((message) => message.user === bot && message.thread_ts && message.channel === place);
    const question = answer && workspace.messages.find((message) => message.ts === answer.thread_ts);
    if (question?.user === me.id && route.thread !== question.ts && !route.details) {
      go({ place, thread: question.ts });
    }
  }, [workspace.messages]);

  useEffect(() => {
    document.title = `${route.home ? say("home") : (channel?.name ?? workspace.app.name)} · ${workspace.team.name}`;
    setUnread((now) => new Set([...now].filter((each) => each !== place)));
  }, [place, route.home]);

  useEffect(() => {
    if (route.home) void act("home");
  }, [route.home, act]);

  useEffect(() => {
    if (channel && channel.id === direct?.id && !route.home) void act("messages_tab");
  }, [channel?.id, route.home, act]);

  useEffect(() => {
    const keep = (event: DragEvent) => event.preventDefault(); // a file dropped beside a conversation opens nothing
    window.addEventListener("dragover", keep);
    window.addEventListener("drop", keep);
    return () => {
      window.removeEventListener("dragover", keep);
      window.removeEventListener("drop", keep);
    };
  }, []);

  useEffect(() => {
    if (!notice) return;
    const timer = window.setTimeout(() => setNotice(undefined), 7000);
    return () => window.clearTimeout(timer);
  }, [notice]);

  const become = (user: User) => {
    localStorage.setItem("me", user.name);
    setMyName(user.name);
    go({ place: channel?.is_im ? (first?.id ?? "") : place });
  };

  const side = route.thread ? "thread" : route.details ? "details" : "";
  const showing = side || (route.place ? "main" : "list");

  return (
    <PageContext.Provider value={page}>
      <a className="lk-skip" href="#composer" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>(".lk-composer textarea")?.focus(); }}>
        {say("skip")}
      </a>
      <div className={`lk-app lk-showing-${showing} ${side ? "lk-with-side" : ""}`}>
        <Sidebar place={place} unread={unread} home={Boolean(route.home)} direct={direct} go={go} become={become} people={people}
          theme={theme} toggleTheme={toggleTheme} connected={connected} />
        <main className="lk-main">
          {route.home && direct ? (
            <Home back={() => go({ place: "" })} channel={direct} go={go} />
          ) : channel ? (
            <Conversation key={channel.id} channel={channel} go={go} isDirect={channel.id === direct?.id}
              detailsOpen={side === "details"} />
          ) : (
            <p className="lk-empty">{say("choose-channel")}</p>
          )}
        </main>
        {channel && route.thread && (
          <ThreadPane key={route.thread} channel={channel} ts={route.thread} close={() => go({ place })} />
        )}
        {channel && route.details && <Details channel={channel} ts={route.details} close={() => go({ place })} />}
      </div>
      <ModalStack />
      <div className="lk-notices" role="status" aria-live="polite">
        {notice && (
          <div className="lk-notice">
            {notice}
            <button type="button" className="lk-quiet" aria-label={say("dismiss")} onClick={() => setNotice(undefined)}>×</button>
          </div>
        )}
      </div>
    </PageContext.Provider>
  );
}
