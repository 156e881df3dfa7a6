// What the app says it is doing -> a line that moves while it lasts.

import { useEffect, useState } from "react";
import { Avatar } from "./Avatar";
import { usePage } from "./context";
import { say } from "./wording";

export function StatusLine({ channel, threads }: { channel: string; threads: string[] }) {
  const { workspace, user } = usePage();
  const [turn, setTurn] = useState(0);
  const shown = workspace.statuses.filter(
    (each) => each.channel === channel && threads.includes(each.thread_ts) && (each.status.until_s ?? Infinity) > Date.now() / 1000,
  );
  useEffect(() => {
    if (!shown.length) return;
    const timer = window.setInterval(() => setTurn((now) => now + 1), 2000);
    return () => window.clearInterval(timer);
  }, [shown.length]);
  const bot = user(workspace.app.bot_user);
  return (
    <div className="lk-statuses" role="status">
      {shown.map((each) => {
        const rotating = each.status.loading_messages ?? [];
        const words = rotating.length ? rotating[turn % rotating.length] : say("app-status", { app: workspace.app.name, status: each.status.status });
        return (
          <p key={each.thread_ts} className="lk-status">
            <Avatar user={bot} size={20} /> <span>{words}</span>
            <span className="lk-typing" aria-hidden="true"><i /><i /><i /></span>
          </p>
        );
      })}
    </div>
  );
}
