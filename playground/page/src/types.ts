// What the server sends: Slack's own JSON, and the little that only the page needs.

export type Json = Record<string, any>;

export interface User {
  id: string;
  name: string;
  real_name: string;
  is_bot: boolean;
  locale?: string;
  hue: number;
}

export interface Channel {
  id: string;
  name?: string;
  is_im: boolean;
  is_private?: boolean;
  members: string[];
  topic?: { value: string };
}

export interface SlackFile {
  id: string;
  name?: string;
  title?: string;
  mode: string;
  mimetype?: string;
  size?: number;
  pretty_type?: string;
  original_w?: number;
  original_h?: number;
  alt_txt?: string;
}

export interface Message {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  files?: SlackFile[];
  thread_ts?: string;
  subtype?: string;
  bot_id?: string;
  metadata?: { event_type: string; event_payload: Json };
  edited?: Json;
  reactions?: { name: string; users: string[]; count: number }[];
  reply_count?: number;
  reply_users?: string[];
  latest_reply?: string;
  ephemeral_to?: string;
}

export interface View {
  id: string;
  user: string;
  type: "modal" | "home";
  hash: string;
  blocks: Json[];
  title?: Json;
  submit?: Json;
  close?: Json;
  previous_view_id?: string | null;
  state: { values: Json };
}

export interface Status {
  channel: string;
  thread_ts: string;
  status: { status: string; loading_messages?: string[]; until_s?: number };
}

export interface Prompts {
  channel: string;
  title?: string;
  prompts: { title: string; message: string }[];
}

export interface Sample {
  url: string;
  name: string;
  alt: string;
}

export interface Workspace {
  team: { id: string; name: string };
  app: { id: string; name: string; description: string; bot_user: string; home_tab: boolean };
  users: User[];
  channels: Channel[];
  messages: Message[];
  views: View[];
  homes: View[];
  statuses: Status[];
  prompts: Prompts[];
  commands: { name: string; description: string; usage_hint: string }[];
  shortcuts: { name: string; callback_id: string; kind: string }[];
  samples: { questions: string[]; photos: Sample[] };
}

/** Plain values of inputs: block_id -> action_id -> what was entered or chosen. */
export type Values = Record<string, Record<string, string | string[] | null>>;
