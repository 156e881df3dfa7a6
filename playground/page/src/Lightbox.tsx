// A picture -> the same picture, large, over everything, until it is closed.

import { useEffect, useRef } from "react";
import { Icon } from "./Icon";
import { say } from "./wording";

export function Lightbox({ src, alt, close }: { src: string; alt: string; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="lk-lightbox" aria-label={alt} onClose={close} onClick={() => dialog.current?.close()}>
      <button type="button" className="lk-round" aria-label={say("close-picture")}><Icon name="close" size={16} /></button>
      <img src={src} alt={alt} />
    </dialog>
  );
}
