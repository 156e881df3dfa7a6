// A text object -> drawn text, by the library that knows Slack's mrkdwn, emoji and mentions; links made safe.

import { Message as Drawn, type Block } from "slack-blocks-to-jsx";
import { usePage } from "./context";
import type { Json } from "./types";

export function safeLink(href: string): string | undefined {
  try {
    const url = new URL(href, location.href);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Draws blocks that hold nothing to press. */
export function Draw({ blocks }: { blocks: Json[] }) {
  const { workspace, theme } = usePage();
  return (
    <Drawn
      withoutWrapper
      theme={theme}
      name=""
      logo=""
      blocks={blocks as Block[]}
      data={{
        users: workspace.users.map((user) => ({ id: user.id, name: user.is_bot ? user.name : user.real_name })),
        channels: workspace.channels.filter((each) => each.name).map((each) => ({ id: each.id, name: each.name! })),
      }}
      hooks={{
        link: ({ href, children }) => {
          const safe = safeLink(href);
          if (!safe) return <span>{children}</span>;
          return (
            <a href={safe} target="_blank" rel="noopener noreferrer" className="lk-link">
              {children}
            </a>
          );
        },
      }}
    />
  );
}

export function Mrkdwn({ text }: { text: Json }) {
  return <Draw blocks={[{ type: "section", text }]} />;
}

/** The words of a text object, without drawing: for labels and buttons. */
export function words(text: Json | undefined): string {
  return String(text?.text ?? "").replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);
}

export const EMOJI: Record<string, string> = {
  eyes: "👀", white_check_mark: "✅", heavy_check_mark: "✔️", raised_hands: "🙌", thumbsup: "👍", thumbsdown: "👎",
  "+1": "👍", "-1": "👎", heart: "❤️", mag: "🔍", mag_right: "🔎", sparkles: "✨", star: "⭐", bookmark: "🔖",
  shopping_bags: "🛍️", shopping_trolley: "🛒", camera: "📷", frame_with_picture: "🖼️", x: "❌", warning: "⚠️",
  hourglass_flowing_sand: "⏳", tada: "🎉", wave: "👋", bulb: "💡", link: "🔗", arrows_counterclockwise: "🔄",
  information_source: "ℹ️", back: "🔙", gear: "⚙️", label: "🏷️", moneybag: "💰", globe_with_meridians: "🌐",
  heavy_minus_sign: "➖", heavy_plus_sign: "➕", joy: "😂", smile: "😄", fire: "🔥", clap: "👏", pray: "🙏",
};
