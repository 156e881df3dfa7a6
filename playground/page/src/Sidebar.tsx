// The workspace -> its channels, direct messages and app, who I am, and day or night.

import { Avatar, BotMark } from "./Avatar";
import { usePage } from "./context";
import { Icon } from "./Icon";
import type { Route } from "./route";
import type { Channel, User } from "./types";

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
    <nav className="lk-sidebar" aria-label="Channels and direct messages">
      <header className="lk-team">
        <BotMark size={30} />
        <div>
          <h1>{workspace.team.name}</h1>
          <p>
            <span className={connected ? "lk-dot lk-on" : "lk-dot"} aria-hidden="true" />
            {connected ? "local workspace" : "connecting …"}
          </p>
        </div>
      </header>
      <div className="lk-rooms">
        <h2>Channels</h2>
        <ul>
          {channels.map((channel) => (
            <li key={channel.id}>
              <button type="button" className="lk-room" aria-current={place === channel.id && !home ? "page" : undefined}
                onClick={() => go({ place: channel.id })}>
                <Icon name={channel.is_private ? "lock" : "hash"} size={16} /> <span>{channel.name}</span>
                {unread.has(channel.id) && <span className="lk-unread"><span className="lk-hidden">new messages</span></span>}
              </button>
            </li>
          ))}
        </ul>
        {direct && (
          <>
            <h2>Direct messages</h2>
            <ul>
              <li>
                <button type="button" className="lk-room" aria-current={place === direct.id && !home ? "page" : undefined}
                  onClick={() => go({ place: direct.id })}>
                  <Avatar user={bot} size={20} /> <span>{workspace.app.name}</span> <span className="lk-tag">APP</span>
                  {unread.has(direct.id) && <span className="lk-unread"><span className="lk-hidden">new messages</span></span>}
                </button>
              </li>
            </ul>
            {workspace.app.home_tab && (
              <>
                <h2>Apps</h2>
                <ul>
                  <li>
                    <button type="button" className="lk-room" aria-current={home ? "page" : undefined}
                      onClick={() => go({ place: direct.id, home: true })}>
                      <Icon name="spark" size={16} /> <span>{workspace.app.name} Home</span>
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
          <span className="lk-hidden">You are</span>
          <select value={me.name} onChange={(event) => become(people.find((each) => each.name === event.target.value)!)}>
            {people.map((each) => (
              <option key={each.id} value={each.name}>
                {each.real_name}{each.locale?.startsWith("ja") ? " · 日本語" : ""}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="lk-quiet" aria-label={theme === "dark" ? "Use light colours" : "Use dark colours"}
          title={theme === "dark" ? "Light" : "Dark"} onClick={toggleTheme}>
          <Icon name={theme === "dark" ? "sun" : "moon"} />
        </button>
      </footer>
    </nav>
  );
}
