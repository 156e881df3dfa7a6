// A button and a list of things to do -> a menu that opens, is walked with arrows, and gives the focus back.

import { useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Icon, type IconName } from "./Icon";

export interface Item {
  label: string;
  icon?: IconName;
  danger?: boolean;
  run: () => void;
}

interface Props {
  label: string;
  icon: IconName;
  items: Item[];
  className: string;
  onOpenChange?: (open: boolean) => void;
}

export function Menu({ label, icon, items, className, onOpenChange }: Props) {
  const [place, setPlace] = useState<{ top: number; left: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  const open = () => {
    const box = button.current!.getBoundingClientRect();
    const height = items.length * 34 + 16;
    const below = box.bottom + height + 8 < window.innerHeight;
    const left = Math.max(8, Math.min(box.right - 220, window.innerWidth - 228));
    setPlace({ top: below ? box.bottom + 4 : Math.max(8, box.top - height - 4), left });
    onOpenChange?.(true);
  };
  const close = (focus = true) => {
    setPlace(null);
    onOpenChange?.(false);
    if (focus) button.current?.focus();
  };

  useEffect(() => {
    if (!place) return;
    list.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const outside = (event: MouseEvent) => {
      if (!list.current?.contains(event.target as Node) && !button.current?.contains(event.target as Node)) close(false);
    };
    document.addEventListener("mousedown", outside);
    return () => document.removeEventListener("mousedown", outside);
  });

  const walk = (event: React.KeyboardEvent) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries[(to + entries.length) % entries.length]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.stopPropagation();
      if (event.key === "Escape") event.preventDefault();
      close();
    }
  };

  return (
    <>
      <button ref={button} type="button" className={className} aria-label={label} title={label} aria-haspopup="menu"
        aria-expanded={Boolean(place)} aria-controls={place ? id : undefined} onClick={() => (place ? close() : open())}>
        <Icon name={icon} size={18} />
      </button>
      {place && createPortal(
        <div ref={list} id={id} role="menu" aria-label={label} className="lk-menu" style={place} onKeyDown={walk}>
          {items.map((item) => (
            <button key={item.label} type="button" role="menuitem" tabIndex={-1} className={item.danger ? "lk-danger-text" : ""}
              onClick={() => { close(); item.run(); }}>
              {item.icon && <Icon name={item.icon} size={16} />} {item.label}
            </button>
          ))}
        </div>,
        document.body,
      )}
    </>
  );
}
