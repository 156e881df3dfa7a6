// The WebSocket of the server -> the workspace as it is now. It comes whole once, then change by change.

import { useEffect, useState } from "react";
import type { Channel, Json, Message, Prompts, Status, View, Workspace } from "./types";

const RECONNECT_MS = 1000;

export function useWorkspace(): { workspace: Workspace | null; connected: boolean } {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    let ended = false;
    let socket: WebSocket | undefined;
    let timer: number | undefined;

    function connect() {
      socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/page/live`);
      socket.onopen = () => setConnected(true);
      socket.onmessage = (event) => {
        const change = JSON.parse(event.data as string) as Json;
        setWorkspace((now) => (change.type === "state" ? (change as unknown as Workspace) : now && changed(now, change)));
      };
      socket.onclose = () => {
        setConnected(false);
        if (!ended) timer = window.setTimeout(connect, RECONNECT_MS);
      };
    }
    connect();
    return () => {
      ended = true;
      window.clearTimeout(timer);
      socket?.close();
    };
  }, []);

  return { workspace, connected };
}

export function changed(now: Workspace, change: Json): Workspace {
  switch (change.type) {
    case "message": {
      const message = change.message as Message;
      const others = now.messages.filter((each) => each.ts !== message.ts);
      return { ...now, messages: [...others, message].sort((a, b) => (a.ts < b.ts ? -1 : 1)) };
    }
    case "deleted":
      return { ...now, messages: now.messages.filter((each) => each.ts !== change.ts) };
    case "channel": {
      const channel = change.channel as Channel;
      return { ...now, channels: now.channels.map((each) => (each.id === channel.id ? { ...each, ...channel } : each)) };
    }
    case "status": {
      const others = now.statuses.filter(
        (each) => each.channel !== change.channel || each.thread_ts !== change.thread_ts,
      );
      return { ...now, statuses: change.status.status ? [...others, change as unknown as Status] : others };
    }
    case "prompts":
      return {
        ...now,
        prompts: [...now.prompts.filter((each) => each.channel !== change.channel), change as unknown as Prompts],
      };
    case "view": {
      const view = { ...(change.view as View), user: change.user as string };
      const base = view.previous_view_id ? now.views : now.views.filter((each) => each.user !== view.user || each.id === view.id);
      const known = base.some((each) => each.id === view.id);
      return { ...now, views: known ? base.map((each) => (each.id === view.id ? view : each)) : [...base, view] };
    }
    case "view_closed":
      return { ...now, views: now.views.filter((each) => !(change.views as string[]).includes(each.id)) };
    case "home": {
      const view = { ...(change.view as View), user: change.user as string };
      return { ...now, homes: [...now.homes.filter((each) => each.user !== view.user), view] };
    }
    default:
      return now;
  }
}
