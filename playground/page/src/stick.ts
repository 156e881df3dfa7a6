// A scrolling list -> one that stays where the reader wants it while messages and pictures arrive.

import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";

const NEAR_PX = 40;
const SETTLE_MS = 2000;

/** Keep the end in sight, unless the reader has scrolled up. */
export function useStickToEnd(list: RefObject<HTMLElement | null>): void {
  const stuck = useRef(true);
  useEffect(() => {
    const box = list.current!;
    const follow = () => {
      if (stuck.current) box.scrollTop = box.scrollHeight;
    };
    let before = 0;
    const note = () => {
      if (box.scrollTop < before) stuck.current = false; // only a reader scrolls up; what arrives only adds below
      if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX) stuck.current = true;
      before = box.scrollTop;
    };
    const watcher = new ResizeObserver(follow);
    watcher.observe(box);
    watcher.observe(box.firstElementChild!);
    box.addEventListener("scroll", note, { passive: true });
    return () => {
      watcher.disconnect();
      box.removeEventListener("scroll", note);
    };
  }, [list]);
}

/** Show the newest message from its beginning, also after its pictures have come. */
export function useShowNewest(list: RefObject<HTMLElement | null>, newest: string | undefined): void {
  useLayoutEffect(() => {
    const box = list.current;
    if (!box || !newest) return;
    const align = () => {
      const row = box.querySelector<HTMLElement>(`[data-ts="${newest}"]`);
      if (row) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
    };
    align();
    const watcher = new ResizeObserver(align);
    watcher.observe(box.firstElementChild!);
    const stop = () => watcher.disconnect();
    const timer = window.setTimeout(stop, SETTLE_MS);
    for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) box.addEventListener(event, stop, { once: true });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [list, newest]);
}
