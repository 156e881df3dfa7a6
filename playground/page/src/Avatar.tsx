// A person -> a small drawn portrait; the app -> its mark. Drawn here, so nothing is loaded from anywhere.

import type { User } from "./types";

const HAIR = [
  "M8 21c0-9 5-13 12-13s12 4 12 13c-2-5-5-7-8-8-4 2-12 2-16 8z",
  "M7 26c-1-12 5-18 13-18s14 6 13 18l-3-1c1-6-1-9-4-11-4 1-9 1-13-1-2 3-3 7-3 12z",
  "M10 19c0-7 4-11 10-11s10 4 10 11c-1-3-3-5-5-6-4 1-10 0-12 0-1 1-3 3-3 6z",
  "M9 18c-2-8 5-11 9-10 6-3 15 2 13 10-2-4-6-6-11-6s-9 2-11 6z",
];
const SKIN = ["#f3cba6", "#8d5a3a", "#eab98f", "#f6d7bd"];
const DARK = ["#3b2a20", "#1d1512", "#20242c", "#b98a4a"];

export function Avatar({ user, size = 36 }: { user: User; size?: number }) {
  if (user.is_bot) return <BotMark size={size} />;
  const pick = Math.abs([...user.name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)) % 4;
  return (
    <svg className="lk-avatar" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" fill={`hsl(${user.hue} 52% 78%)`} />
      <path d="M6 42c1-9 7-12 14-12s13 3 14 12z" fill={`hsl(${user.hue} 45% 42%)`} />
      <rect x="16.5" y="24" width="7" height="9" rx="3.5" fill={SKIN[pick]} />
      <ellipse cx="20" cy="19.5" rx="8.2" ry="9.4" fill={SKIN[pick]} />
      <path d={HAIR[pick]} fill={DARK[pick]} />
      <circle cx="16.8" cy="20.5" r="1" fill="#2b211c" />
      <circle cx="23.2" cy="20.5" r="1" fill="#2b211c" />
      <path d="M17 24.6c1.8 1.6 4.2 1.6 6 0" fill="none" stroke="#2b211c" strokeWidth="1.1" strokeLinecap="round" />
    </svg>
  );
}

export function BotMark({ size = 36 }: { size?: number }) {
  return (
    <svg className="lk-avatar" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" fill="#0f4c4a" />
      <circle cx="14.5" cy="14.5" r="7" fill="none" stroke="#fff" strokeWidth="3" />
      <path d="M20 20l6 6" stroke="#ff8a5c" strokeWidth="3.4" strokeLinecap="round" />
      <circle cx="14.5" cy="14.5" r="2.4" fill="#ff8a5c" />
    </svg>
  );
}
