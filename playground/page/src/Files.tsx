// The files of a message -> pictures to look at, and the rest to save.

import { useState } from "react";
import { Icon } from "./Icon";
import { Lightbox } from "./Lightbox";
import type { SlackFile } from "./types";
import { say } from "./wording";

export function Files({ files }: { files: SlackFile[] }) {
  const [open, setOpen] = useState<SlackFile>();
  if (!files.length) return null;
  return (
    <div className="lk-files">
      {files.map((file) => {
        const name = file.title || file.name || say("file");
        if (file.mode === "tombstone") return <p key={file.id} className="lk-unknown">{say("file-gone")}</p>;
        if (!file.original_w) {
          return (
            <a key={file.id} className="lk-file" href={`/page/files/${file.id}`} download>
              <Icon name="file" size={26} />
              <span><b>{name}</b><small>{file.pretty_type}</small></span>
            </a>
          );
        }
        return (
          <figure key={file.id} className="lk-photo">
            <figcaption>{name}</figcaption>
            <button type="button" onClick={() => setOpen(file)} aria-label={say("open", { name })}>
              <img src={`/page/thumbs/${file.id}`} alt={file.alt_txt || name} width={file.original_w} height={file.original_h} />
            </button>
          </figure>
        );
      })}
      {open && <Lightbox src={`/page/files/${open.id}`} alt={open.alt_txt || open.title || say("photo")} close={() => setOpen(undefined)} />}
    </div>
  );
}
