// The app's Home tab, as it has published it for me.

import { useState } from "react";
import { Avatar } from "./Avatar";
import { Blocks } from "./Blocks";
import { usePage } from "./context";
import { Icon } from "./Icon";
import { known } from "./ModalStack";
import type { Route } from "./route";
import type { Channel, Values } from "./types";
import { say } from "./wording";

export function Home({ channel, go, back }: { channel: Channel; go: (route: Route) => void; back: () => void }) {
  const { workspace, me, user, act } = usePage();
  const [values, setValues] = useState<Values>({});
  const view = workspace.homes.find((each) => each.user === me.id);
  return (
    <section className="lk-conversation" aria-label={say("home-of", { app: workspace.app.name })}>
      <header className="lk-header">
        <button type="button" className="lk-quiet lk-back" aria-label={say("back-to-channels")} onClick={back}><Icon name="back" /></button>
        <Avatar user={user(workspace.app.bot_user)} size={26} />
        <div className="lk-header-text"><h2>{workspace.app.name}</h2><p>{workspace.app.description}</p></div>
        <span className="lk-tab" aria-current="page">{say("home")}</span>
        <button type="button" className="lk-tab" onClick={() => go({ place: channel.id })}>{say("messages")}</button>
      </header>
      <div className="lk-list lk-home" tabIndex={0} role="region" aria-label={say("home-tab")}>
        {view ? (
          <Blocks blocks={view.blocks} surface={{
            values,
            errors: {},
            setValue: (block, action, value) => setValues((now) => ({ ...now, [block]: { ...now[block], [action]: value } })),
            use: async (block, action, value) => {
              const state = value === undefined ? values : { ...values, [block]: { ...values[block], [action]: value } };
              await act("click", { view: view.id, block_id: block, action_id: action, value, state: known(state, view) });
            },
          }} />
        ) : (
          <p className="lk-empty">{say("no-home", { app: workspace.app.name })}</p>
        )}
      </div>
    </section>
  );
}
