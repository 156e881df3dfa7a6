// What a person does on the page -> the server. Every call names the person, for the page can be anybody.

import type { Json, SlackFile } from "./types";
import { say, type Key } from "./wording";

/** What a refusal is in words; another code is told as it is. */
const KNOWN: Record<string, Key> = {
  offline: "offline", file_refused: "file-refused", operation_timeout: "app-silent",
};

export class Refused extends Error {
  constructor(readonly code: string) {
    super(say(KNOWN[code] ?? "refused", { code }));
  }
}

export async function act(verb: string, user: string, body: Json = {}): Promise<Json> {
  let answer: Json;
  try {
    const response = await fetch(`/page/do/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user, ...body }),
    });
    answer = (await response.json()) as Json;
  } catch {
    throw new Refused("offline");
  }
  if (!answer.ok) throw new Refused(answer.error as string);
  return answer;
}

export async function upload(user: string, file: File): Promise<SlackFile> {
  const query = new URLSearchParams({ user, name: file.name });
  const response = await fetch(`/page/upload?${query}`, { method: "POST", body: file });
  const answer = (await response.json()) as Json;
  if (!answer.ok) throw new Refused("file_refused");
  return answer.file as SlackFile;
}

export async function sampleFile(url: string, name: string): Promise<File> {
  const response = await fetch(url);
  const blob = await response.blob();
  return new File([blob], name, { type: blob.type });
}
