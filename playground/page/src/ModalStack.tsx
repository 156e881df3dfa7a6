// My open modals -> the uppermost, as a dialog that holds the focus, checks nothing itself and shows what the app refuses.

import { useEffect, useRef, useState } from "react";
import { Blocks } from "./Blocks";
import { usePage } from "./context";
import { Icon } from "./Icon";
import { words } from "./Mrkdwn";
import type { Json, Values, View } from "./types";
import { say } from "./wording";

export function ModalStack() {
  const { workspace, me } = usePage();
  const view = workspace.views.filter((each) => each.user === me.id && each.type === "modal").at(-1);
  return view ? <Modal key={view.id} view={view} /> : null;
}

function Modal({ view }: { view: View }) {
  const { act, workspace } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<Values>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
    const field = dialog.current?.querySelector<HTMLElement>(".lk-modal-body input, .lk-modal-body textarea, .lk-modal-body select");
    field?.focus();
  }, []);

  const close = () => void act("close", { view: view.id });
  const submit = async () => {
    setBusy(true);
    const answer = await act("submit", { view: view.id, state: known(values, view) });
    setErrors(((answer?.errors as Json | undefined) ?? {}) as Record<string, string>);
    setBusy(false);
  };

  const title = words(view.title);
  return (
    <dialog ref={dialog} className="lk-modal" aria-labelledby="lk-modal-title" onCancel={(event) => { event.preventDefault(); close(); }}>
      <form method="dialog" noValidate onSubmit={(event) => { event.preventDefault(); if (view.submit) void submit(); }}>
        <header>
          <h2 id="lk-modal-title">{title}</h2>
          <button type="button" className="lk-quiet" aria-label={say("close")} onClick={close}><Icon name="close" /></button>
        </header>
        <div className="lk-modal-body" tabIndex={0} role="group" aria-labelledby="lk-modal-title">
          <Blocks blocks={view.blocks} surface={{
            values,
            errors,
            setValue: (block, action, value) => setValues((now) => ({ ...now, [block]: { ...now[block], [action]: value } })),
            use: async (block, action, value) => {
              const state = value === undefined ? values : { ...values, [block]: { ...values[block], [action]: value } };
              await act("click", { view: view.id, block_id: block, action_id: action, value, state: known(state, view) });
            },
          }} />
        </div>
        <footer>
          <span className="lk-by">{workspace.app.name}</span>
          <button type="button" className="lk-button" onClick={close}>{words(view.close) || (view.submit ? say("cancel") : say("close"))}</button>
          {view.submit && (
            <button type="submit" className="lk-button lk-primary" disabled={busy} aria-busy={busy}>{words(view.submit)}</button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

const NO_STATE = ["button", "overflow", "image", "feedback_buttons", "icon_button"];

/** The values of the inputs that the view has now: an update may have taken some away. */
export function known(values: Values, view: View): Values {
  const kept: Values = {};
  for (const block of view.blocks) {
    const elements = [block.element, block.accessory, ...((block.elements as Json[]) ?? [])].filter(Boolean) as Json[];
    for (const element of elements) {
      const entered = values[block.block_id as string]?.[element.action_id as string];
      if (entered !== undefined && !NO_STATE.includes(element.type as string)) {
        kept[block.block_id as string] = { ...kept[block.block_id as string], [element.action_id as string]: entered };
      }
    }
  }
  return kept;
}
