// Sample questions and photos -> things to try with one click; what stands in the composer goes with them.

import { useState, type RefObject } from "react";
import { sampleFile } from "./actions";
import type { Sender } from "./Composer";
import { usePage } from "./context";
import { Icon } from "./Icon";
import { say } from "./wording";

export function Samples({ sender }: { sender: RefObject<Sender | null> }) {
  const { workspace } = usePage();
  const { questions, photos } = workspace.samples;
  const [open, setOpen] = useState(() => localStorage.getItem("samples") !== "closed");
  if (!questions.length && !photos.length) return null;
  const toggle = () => {
    localStorage.setItem("samples", open ? "closed" : "open");
    setOpen(!open);
  };
  return (
    <section className="lk-samples" aria-label={say("things-to-try")}>
      <button type="button" className="lk-fold" aria-expanded={open} onClick={toggle}>
        <Icon name="spark" size={14} /> {say("try-one")} <Icon name={open ? "down" : "right"} size={12} />
      </button>
      {open && (
        <div className="lk-samples-row">
          {photos.map((photo) => (
            <button key={photo.url} type="button" className="lk-sample-photo" aria-label={say("send-photo", { name: photo.alt })} title={photo.alt}
              onClick={async () => sender.current?.send("", [await sampleFile(photo.url, photo.name)])}>
              <img src={photo.url} alt="" />
            </button>
          ))}
          {questions.map((question) => (
            <button key={question} type="button" className="lk-chip" onClick={() => void sender.current?.send(question)}>
              {question}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
