// Keys, files, paste and drop -> a message; `/` offers commands, `@` offers people.

import { useEffect, useId, useImperativeHandle, useRef, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from "react";
import { flushSync } from "react-dom";
import { upload } from "./actions";
import { Avatar } from "./Avatar";
import { usePage } from "./context";
import { Icon, type IconName } from "./Icon";
import type { Channel } from "./types";
import { say, type Key } from "./wording";

export interface Sender {
  /** Send a text and files together with what already stands in the composer. */
  send: (text: string, files?: File[]) => Promise<void>;
}

interface Props {
  channel: Channel;
  placeholder: string;
  threadTs?: string;
  /** The name to mention where a sample is clicked in a channel. */
  mention?: string;
  ref?: Ref<Sender>;
}

interface Suggestion {
  insert: string;
  label: string;
  detail: string;
  userId?: string;
}

const MOST_FILES = 10;
const MARKS: { icon: IconName; label: Key; before: string; after: string }[] = [
  { icon: "bold", label: "mark-bold", before: "*", after: "*" },
  { icon: "italic", label: "mark-italic", before: "_", after: "_" },
  { icon: "strike", label: "mark-strike", before: "~", after: "~" },
  { icon: "code", label: "mark-code", before: "`", after: "`" },
  { icon: "list", label: "mark-list", before: "• ", after: "" },
  { icon: "quote", label: "mark-quote", before: "> ", after: "" },
];

/** What was typed and not sent, by person, channel and thread: leaving a room loses nothing. */
const drafts = new Map<string, string>();

export function Composer({ channel, placeholder, threadTs, mention, ref }: Props) {
  const { workspace, me, act } = usePage();
  const draft = `${me.id}/${channel.id}/${threadTs ?? ""}`;
  const [text, setText] = useState(drafts.get(draft) ?? "");
  const [files, setFiles] = useState<File[]>([]);
  const [dragging, setDragging] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [hush, setHush] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const listId = useId();

  /** At once, so that the next key comes after it. */
  const replaceText = (next: string, from: number, to: number) => {
    flushSync(() => setText(next));
    area.current!.focus();
    area.current!.setSelectionRange(from, to);
  };

  const add = (more: Iterable<File>) => setFiles((now) => [...now, ...more].slice(0, MOST_FILES));

  const post = async (words: string, attached: File[]) => {
    const command = workspace.commands.find((each) => words.split(/\s/)[0] === each.name);
    if (command && !threadTs && !attached.length) {
      const rest = words.slice(command.name.length).trim();
      await act("command", { channel: channel.id, command: command.name, text: rest });
      return;
    }
    const sent = await Promise.all(attached.map((file) => upload(me.id, file)));
    await act("say", { channel: channel.id, text: words, thread_ts: threadTs, files: sent.map((file) => file.id) });
  };

  const send = async (extra = "", moreFiles: File[] = []) => {
    let words = [text.trim(), extra].filter(Boolean).join(" ");
    const attached = [...files, ...moreFiles];
    if (!words && !attached.length) return;
    const sample = extra || moreFiles.length;
    if (sample && mention && !words.toLowerCase().includes(`@${mention.toLowerCase()}`)) words = `@${mention} ${words}`.trim();
    setText("");
    setFiles([]);
    await post(words, attached);
    area.current?.focus({ preventScroll: true });
  };

  useImperativeHandle(ref, () => ({ send }));

  useEffect(() => {
    const box = area.current!;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  }, [text]);

  useEffect(() => {
    drafts.set(draft, text);
  }, [draft, text]);

  const suggestions = hush ? [] : suggest(text, area.current?.selectionStart ?? text.length);

  function suggest(typed: string, cursor: number): Suggestion[] {
    if (typed.startsWith("/") && !typed.includes(" ") && !threadTs) {
      return workspace.commands
        .filter((each) => each.name.startsWith(typed))
        .map((each) => ({ insert: `${each.name} `, label: `${each.name} ${each.usage_hint}`, detail: each.description }));
    }
    const part = /(?:^|\s)@([\w.-]*)$/.exec(typed.slice(0, cursor));
    if (!part) return [];
    return workspace.users
      .filter((user) => channel.members.includes(user.id) && user.id !== me.id)
      .filter((user) => `${user.name} ${user.real_name}`.toLowerCase().includes(part[1]!.toLowerCase()))
      .sort((a, b) => Number(b.is_bot) - Number(a.is_bot))
      .slice(0, 5)
      .map((user) => ({ insert: `@${user.name} `, label: user.is_bot ? workspace.app.name : user.real_name, detail: `@${user.name}`, userId: user.id }));
  }

  const take = (suggestion: Suggestion) => {
    const cursor = area.current!.selectionStart;
    const before = text.slice(0, cursor).replace(/(?:\/\S*|@[\w.-]*)$/, "");
    const end = before.length + suggestion.insert.length;
    setChosen(0);
    setHush(true); // until the next key: Enter shall send now, not choose again
    replaceText(before + suggestion.insert + text.slice(cursor), end, end);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return; // Enter ends the input of Japanese words
    if (suggestions.length) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        setChosen((now) => (now + (event.key === "ArrowDown" ? 1 : -1) + suggestions.length) % suggestions.length);
        return;
      }
      if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
        event.preventDefault();
        take(suggestions[Math.min(chosen, suggestions.length - 1)]!);
        return;
      }
      if (event.key === "Escape") {
        event.stopPropagation();
        setHush(true);
        return;
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };

  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (!pasted.length) return;
    event.preventDefault();
    add(pasted.map((file, index) => (file.name ? file : new File([file], `pasted-${index + 1}.png`, { type: file.type }))));
  };

  // A photo may be dropped anywhere in the conversation, not only on the box; a miss must not leave the page.
  useEffect(() => {
    const zone = form.current!.closest<HTMLElement>(".lk-conversation, .lk-side")!;
    const over = (event: globalThis.DragEvent) => {
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: globalThis.DragEvent) => {
      if (!zone.contains(event.relatedTarget as Node | null)) setDragging(false);
    };
    const drop = (event: globalThis.DragEvent) => {
      event.preventDefault();
      setDragging(false);
      const dropped = [...(event.dataTransfer?.files ?? [])];
      setFiles((now) => [...now, ...dropped].slice(0, MOST_FILES));
      area.current?.focus();
    };
    zone.addEventListener("dragover", over);
    zone.addEventListener("dragleave", leave);
    zone.addEventListener("drop", drop);
    return () => {
      zone.removeEventListener("dragover", over);
      zone.removeEventListener("dragleave", leave);
      zone.removeEventListener("drop", drop);
    };
  }, []);

  const mark = (before: string, after: string) => {
    const box = area.current!;
    const [from, to] = [box.selectionStart, box.selectionEnd];
    const marked = text.slice(0, from) + before + text.slice(from, to) + after + text.slice(to);
    replaceText(marked, from + before.length, to + before.length);
  };

  const type = (character: string) => {
    const gap = text && !/\s$/.test(text) ? " " : "";
    const next = character === "/" ? "/" : text + gap + character;
    setHush(false);
    replaceText(next, next.length, next.length);
  };

  return (
    <form className={`lk-composer ${dragging ? "lk-dragging" : ""}`} aria-label={threadTs ? say("reply") : say("write")}
      ref={form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      {suggestions.length > 0 && (
        <ul className="lk-suggestions" role="listbox" id={listId} aria-label={say("suggestions")}>
          {suggestions.map((each, index) => (
            <li key={each.insert} id={`${listId}-${index}`} role="option" aria-selected={index === chosen}
              onMouseDown={(event) => { event.preventDefault(); take(each); }}>
              {each.userId ? <Avatar user={workspace.users.find((user) => user.id === each.userId)!} size={22} /> : <Icon name="slash" size={16} />}
              <b>{each.label}</b> <small>{each.detail}</small>
            </li>
          ))}
        </ul>
      )}
      <div className="lk-box">
        {!threadTs && <div className="lk-marks" role="toolbar" aria-label={say("formatting")}>
          {MARKS.map((each) => (
            <button key={each.label} type="button" className="lk-tool" aria-label={say(each.label)} title={say(each.label)}
              onClick={() => mark(each.before, each.after)}>
              <Icon name={each.icon} size={16} />
            </button>
          ))}
        </div>}
        <textarea ref={area} rows={1} value={text} placeholder={placeholder} aria-label={placeholder} enterKeyHint="send"
          role={suggestions.length ? "combobox" : undefined}
          aria-autocomplete={suggestions.length ? "list" : undefined} aria-expanded={suggestions.length ? true : undefined}
          aria-controls={suggestions.length ? listId : undefined} aria-activedescendant={suggestions.length ? `${listId}-${chosen}` : undefined}
          onChange={(event) => { setText(event.target.value); setHush(false); }} onKeyDown={onKeyDown} onPaste={onPaste} />
        {files.length > 0 && (
          <ul className="lk-attached" aria-label={say("attached")}>
            {files.map((file, index) => (
              <li key={`${file.name}-${index}`}>
                <Preview file={file} />
                <button type="button" className="lk-remove" aria-label={say("remove", { name: file.name })}
                  onClick={() => setFiles(files.filter((_, other) => other !== index))}>
                  <Icon name="close" size={12} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className="lk-tools">
          <button type="button" className="lk-tool" aria-label={say("attach")} title={say("attach")} onClick={() => picker.current!.click()}>
            <Icon name="clip" />
          </button>
          <input ref={picker} type="file" multiple hidden accept="image/*,.heic,.heif,.avif" aria-label={say("photos-to-attach")} tabIndex={-1}
            onChange={(event) => { add(event.target.files ?? []); event.target.value = ""; area.current?.focus(); }} />
          <button type="button" className="lk-tool" aria-label={say("mention-somebody")} title={say("mention")} onClick={() => type("@")}>
            <Icon name="at" />
          </button>
          {!threadTs && workspace.commands.length > 0 && (
            <button type="button" className="lk-tool" aria-label={say("run-command")} title={say("command")} onClick={() => type("/")}>
              <Icon name="slash" />
            </button>
          )}
          <span className="lk-grow" />
          <span className="lk-keys" aria-hidden="true"><kbd>Enter</kbd> {say("to-send")}</span>
          <button type="submit" className="lk-send" aria-label={say("send")} disabled={!text.trim() && !files.length}>
            <Icon name="send" />
          </button>
        </div>
      </div>
      {dragging && <div className="lk-drop" aria-hidden="true">{say("drop")}</div>}
    </form>
  );
}

function Preview({ file }: { file: File }) {
  const [url, setUrl] = useState<string>();
  const drawable = /^image\/(png|jpe?g|gif|webp|avif)$/.test(file.type);
  useEffect(() => {
    if (!drawable) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file, drawable]);
  if (url) return <img src={url} alt={file.name} />;
  return <span className="lk-preview-name"><Icon name="file" size={20} /> {file.name}</span>;
}
