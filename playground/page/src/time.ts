// A Slack timestamp -> words for people.

import { say, spoken } from "./wording";

export function date(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

export function clock(ts: string): string {
  return date(ts).toLocaleTimeString(spoken(), { hour: "2-digit", minute: "2-digit" });
}

export function day(ts: string): string {
  const then = date(ts);
  const today = new Date();
  const yesterday = new Date(today.getTime() - 86_400_000);
  if (then.toDateString() === today.toDateString()) return say("today");
  if (then.toDateString() === yesterday.toDateString()) return say("yesterday");
  return then.toLocaleDateString(spoken(), { weekday: "long", month: "long", day: "numeric" });
}
