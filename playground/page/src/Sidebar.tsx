// The workspace -> its channels, direct messages and app, who I am, and day or night.

import { Avatar, BotMark } from "./Avatar";
import { usePage } from "./context";
import { Icon } from "./Icon";
import type { Route } from "./route";
import type { Channel, User } from "./types";
import { say } from "./wording";

interface Props {
  place: string;
  unread: Set<string>;
  home: boolean;
  direct: Channel | undefined;
  people: User[];
  go: (route: Route) => void;
  become: (user: User) => void;
  theme: "light" | "dark";
  toggleTheme: () => void;
  connected: boolean;
}

export function Sidebar({ place, unread, home, direct, people, go, become, theme, toggleTheme, connected }: Props) {
  const { workspace, me, user } = usePage();
  const channels = workspace.channels.filter((each) => each.name && each.members.includes(me.id));
  const bot = user(workspace.app.bot_user);
  return (
    <nav className="lk-sidebar" aria-label={say("rooms")}>
      <header className="lk-team">
        <BotMark size={30} />
        <div>
          <h1>{workspace.team.name}</h1>
          <p>
            <span className={connected ? "lk-dot lk-on" : "lk-dot"} aria-hidden="true" />
            {connected ? say("local-workspace") : say("connecting")}
          </p>
        </div>
      </header>
      <div className="lk-rooms">
        <h2>{say("channels")}</h2>
        <ul>
          {channels.map((channel) => (
            <li key={channel.id}>
              <button type="button" className="lk-room" aria-current={place === channel.id && !home ? "page" : undefined}
                onClick={() => go({ place: channel.id })}>
                <Icon name={channel.is_private ? "lock" : "hash"} size={16} /> <span>{channel.name}</span>
                {unread.has(channel.id) && <span className="lk-unread"><span className="lk-hidden">{say("new-messages")}</span></span>}
              </button>
            </li>
          ))}
        </ul>
        {direct && (
          <>
            <h2>{say("direct-messages")}</h2>
            <ul>
              <li>
                <button type="button" className="lk-room" aria-current={place === direct.id && !home ? "page" : undefined}
                  onClick={() => go({ place: direct.id })}>
                  <Avatar user={bot} size={20} /> <span>{workspace.app.name}</span> <span className="lk-tag">{say("app-tag")}</span>
                  {unread.has(direct.id) && <span className="lk-unread"><span className="lk-hidden">{say("new-messages")}</span></span>}
                </button>
              </li>
            </ul>
            {workspace.app.home_tab && (
              <>
                <h2>{say("apps")}</h2>
                <ul>
                  <li>
                    <button type="button" className="lk-room" aria-current={home ? "page" : undefined}
                      onClick={() => go({ place: direct.id, home: true })}>
                      <Icon name="spark" size={16} /> <span>{say("home-of", { app: workspace.app.name })}</span>
                    </button>
                  </li>
                </ul>
              </>
            )}
          </>
        )}
      </div>
      <footer className="lk-me">
        <Avatar user={me} size={30} />
        <label>
          <span className="lk-hidden">{say("you-are")}</span>
          <select value={me.name} onChange={(event) => become(people.find((each) => each.name === event.target.value)!)}>
            {people.map((each) => (
              <option key={each.id} value={each.name}>
                {each.real_name}{each.locale?.startsWith("ja") ? " · 日本語" : ""}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="lk-quiet" aria-label={theme === "dark" ? say("use-light") : say("use-dark")}
          title={theme === "dark" ? say("light") : say("dark")} onClick={toggleTheme}>
          <Icon name={theme === "dark" ? "sun" : "moon"} />
        </button>
      </footer>
    </nav>
  );
}
