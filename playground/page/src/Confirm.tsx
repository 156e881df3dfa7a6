// A confirm object -> a small dialog before something that cannot be undone.

import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { words } from "./Mrkdwn";
import type { Json } from "./types";

interface Props {
  confirm: Json;
  yes: () => void;
  close: () => void;
}

export function Confirm({ confirm, yes, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return createPortal(
    <dialog ref={dialog} className="lk-modal lk-confirm" aria-label={words(confirm.title)} onClose={close}
      onKeyDown={(event) => event.stopPropagation()}>
      <header><h2>{words(confirm.title)}</h2></header>
      <p className="lk-modal-body">{words(confirm.text)}</p>
      <footer>
        <span className="lk-by" />
        <button type="button" className="lk-button" onClick={() => dialog.current?.close()}>{words(confirm.deny)}</button>
        <button type="button" className={`lk-button ${confirm.style === "danger" ? "lk-danger" : "lk-primary"}`}
          onClick={() => { dialog.current?.close(); yes(); }}>
          {words(confirm.confirm)}
        </button>
      </footer>
    </dialog>,
    document.body,
  );
}
