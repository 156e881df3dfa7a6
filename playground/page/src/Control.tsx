// One interactive element -> a control that can be used with mouse, touch, keyboard and screen reader.

import { useState, type ReactNode } from "react";
import { Confirm } from "./Confirm";
import { Icon } from "./Icon";
import { Menu } from "./Menu";
import { safeLink, words } from "./Mrkdwn";
import { useSurface } from "./surface";
import type { Json } from "./types";
import { say } from "./wording";

interface Props {
  element: Json;
  blockId: string;
  inputId?: string;
  label?: string;
  small?: boolean;
  /** An input whose use is told only when the modal is handed in. */
  quiet?: boolean;
  required?: boolean;
  error?: string;
}

interface Option {
  text: Json;
  value: string;
  description?: Json;
  url?: string;
}

function optionsOf(element: Json): { group: string; options: Option[] }[] {
  if (element.option_groups) {
    return (element.option_groups as Json[]).map((each) => ({ group: words(each.label), options: each.options }));
  }
  return [{ group: "", options: (element.options as Option[]) ?? [] }];
}

export function Control(props: Props): ReactNode {
  const { element } = props;
  switch (element.type) {
    case "button":
      return <Button {...props} />;
    case "overflow":
      return <Overflow {...props} />;
    case "feedback_buttons":
      return <Feedback {...props} />;
    case "icon_button":
      return <IconButton {...props} />;
    case "static_select":
      return <Select {...props} />;
    case "multi_static_select":
      return <Choices {...props} kind="checkbox" compact />;
    case "checkboxes":
      return <Choices {...props} kind="checkbox" />;
    case "radio_buttons":
      return <Choices {...props} kind="radio" />;
    case "users_select":
    case "channels_select":
    case "conversations_select":
      return <p className="lk-unknown">{say("no-people-menu")}</p>;
    default:
      return <TextInput {...props} />;
  }
}

/** Runs a use at once, or after its confirm dialog; the dialog is to be drawn beside the control. */
function useConfirmed(element: Json): [(run: () => void) => void, ReactNode] {
  const [asked, setAsked] = useState<() => void>();
  const confirm = element.confirm as Json | undefined;
  const guard = (run: () => void) => (confirm ? setAsked(() => run) : run());
  const dialog = confirm && asked ? <Confirm confirm={confirm} yes={asked} close={() => setAsked(undefined)} /> : null;
  return [guard, dialog];
}

function Button({ element, blockId, small }: Props) {
  const { use } = useSurface();
  const [busy, setBusy] = useState(false);
  const [guard, dialog] = useConfirmed(element);
  const press = async () => {
    setBusy(true);
    await use(blockId, element.action_id as string);
    setBusy(false);
  };
  const look = `lk-button ${element.style ? `lk-${element.style as string}` : ""} ${small ? "lk-small" : ""}`;
  const label = (element.accessibility_label as string) || undefined;
  const url = element.url ? safeLink(element.url as string) : undefined;
  if (url) {
    return (
      <a className={look} href={url} target="_blank" rel="noopener noreferrer" aria-label={label} onClick={() => void press()}>
        {words(element.text)}
      </a>
    );
  }
  return (
    <>
      <button type="button" className={look} aria-label={label} aria-busy={busy} data-action-id={element.action_id}
        onClick={() => !busy && guard(() => void press())}>
        {words(element.text)}
      </button>
      {dialog}
    </>
  );
}

function Overflow({ element, blockId }: Props) {
  const { use } = useSurface();
  const [guard, dialog] = useConfirmed(element);
  const items = (element.options as Option[]).map((option) => ({
    label: words(option.text),
    run: () => {
      const url = option.url && safeLink(option.url);
      if (url) window.open(url, "_blank", "noopener");
      guard(() => void use(blockId, element.action_id as string, option.value));
    },
  }));
  return <><Menu label={say("more")} icon="more" items={items} className="lk-button lk-square" />{dialog}</>;
}

function Feedback({ element, blockId }: Props) {
  const { use } = useSurface();
  const [chosen, setChosen] = useState<string>();
  return (
    <>
      {(["positive_button", "negative_button"] as const).map((side) => {
        const button = element[side] as Json;
        const value = button.value as string;
        return (
          <button key={side} type="button" className="lk-quiet" aria-pressed={chosen === value}
            aria-label={(button.accessibility_label as string) || words(button.text)} title={words(button.text)}
            onClick={() => { setChosen(value); void use(blockId, element.action_id as string, value); }}>
            <Icon name={side === "positive_button" ? "up" : "thumbdown"} size={16} />
          </button>
        );
      })}
    </>
  );
}

function IconButton({ element, blockId }: Props) {
  const { use } = useSurface();
  return (
    <button type="button" className="lk-quiet" aria-label={words(element.text)} title={words(element.text)}
      onClick={() => void use(blockId, element.action_id as string)}>
      <Icon name="bin" size={16} />
    </button>
  );
}

function Select(props: Props) {
  const { element, blockId, inputId, label, quiet, error } = props;
  const { use, values, setValue } = useSurface();
  const actionId = element.action_id as string;
  const initial = (element.initial_option as Option | undefined)?.value ?? "";
  const value = (values[blockId]?.[actionId] as string | null | undefined) ?? initial;
  const placeholder = words(element.placeholder) || say("choose-one");
  const choose = (next: string) => {
    setValue(blockId, actionId, next || null);
    if (!quiet && next) void use(blockId, actionId, next);
  };
  return (
    <span className="lk-select">
      <select id={inputId} value={value} aria-label={label ?? placeholder} aria-invalid={Boolean(error)}
        aria-describedby={error ? `${inputId}-error` : undefined} data-action-id={actionId}
        onChange={(event) => choose(event.target.value)}>
        <option value="">{placeholder}</option>
        {optionsOf(element).map(({ group, options }) =>
          group ? (
            <optgroup key={group} label={group}>{options.map(drawn)}</optgroup>
          ) : (
            options.map(drawn)
          ),
        )}
      </select>
      <Icon name="down" size={14} />
    </span>
  );
}

function drawn(option: Option) {
  return <option key={option.value} value={option.value}>{words(option.text)}</option>;
}

function Choices({ element, blockId, inputId, quiet, kind, compact }: Props & { kind: "checkbox" | "radio"; compact?: boolean }) {
  const { use, values, setValue } = useSurface();
  const actionId = element.action_id as string;
  const several = kind === "checkbox";
  const initial = several
    ? ((element.initial_options as Option[] | undefined) ?? []).map((option) => option.value)
    : ((element.initial_option as Option | undefined)?.value ?? null);
  const entered = values[blockId]?.[actionId];
  const value = entered === undefined ? initial : entered;
  const isChosen = (each: string) => (Array.isArray(value) ? value.includes(each) : value === each);
  const choose = (each: string) => {
    let next: string | string[] = each;
    if (several) {
      const now = Array.isArray(value) ? value : [];
      next = now.includes(each) ? now.filter((other) => other !== each) : [...now, each];
    }
    setValue(blockId, actionId, next);
    if (!quiet) void use(blockId, actionId, next);
  };
  return (
    <div className={compact ? "lk-choices lk-choices-compact" : "lk-choices"} id={inputId} role={inputId ? undefined : "group"}
      aria-label={inputId ? undefined : words(element.placeholder) || say("choose")}>
      {optionsOf(element).flatMap(({ group, options }) => [
        group ? <p key={`group-${group}`} className="lk-group">{group}</p> : null,
        ...options.map((option) => (
          <label key={option.value} className={isChosen(option.value) ? "lk-choice lk-chosen" : "lk-choice"}>
            <input type={kind} name={`${blockId}-${actionId}`} checked={isChosen(option.value)}
              onChange={() => choose(option.value)} />
            <span>
              {words(option.text)}
              {option.description && <small>{words(option.description)}</small>}
            </span>
          </label>
        )),
      ])}
    </div>
  );
}

const KINDS: Record<string, string> = {
  number_input: "text", email_text_input: "email", url_text_input: "url", datepicker: "date", timepicker: "time",
};

function TextInput({ element, blockId, inputId, label, quiet, required, error }: Props) {
  const { use, values, setValue } = useSurface();
  const actionId = element.action_id as string;
  const initial = String(element.initial_value ?? element.initial_date ?? element.initial_time ?? "");
  const entered = values[blockId]?.[actionId];
  const value = entered === undefined ? initial : String(entered ?? "");
  const common = {
    id: inputId,
    value,
    className: "lk-input",
    placeholder: words(element.placeholder) || undefined,
    "aria-label": inputId ? undefined : label,
    "aria-invalid": Boolean(error),
    "aria-describedby": error ? `${inputId}-error` : undefined,
    "aria-required": required,
    maxLength: (element.max_length as number) || undefined,
    autoFocus: Boolean(element.focus_on_load),
    "data-action-id": actionId,
    onChange: (event: { target: { value: string } }) => setValue(blockId, actionId, event.target.value || null),
  };
  if (element.multiline) return <textarea rows={4} {...common} />;
  return (
    <input type={KINDS[element.type as string] ?? "text"} inputMode={element.type === "number_input" ? "decimal" : undefined}
      {...common}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !quiet) {
          event.preventDefault();
          void use(blockId, actionId, value);
        }
      }} />
  );
}
