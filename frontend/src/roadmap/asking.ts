import type { Dates, RoadmapData } from "./types.ts";

export type Effect = {
  conflicts_added: string[];
  conflicts_removed: string[];
  capacity: string;
  budget: string;
};
export type Moved = {
  done: boolean;
  message: string;
  conflicts: string[];
  changes: string[];
  version?: number;
};

const UNREACHED = "The server did not answer. Nothing was saved; check the connection and try again.";
const SIGNED_OUT = "You are not signed in any more. Nothing was saved; sign in again in another tab.";

export async function askData(url: string): Promise<RoadmapData | null> {
  return ask<RoadmapData>(url);
}

/** What new dates would do; null where the server cannot say. */
export async function askEffect(url: string, fields: Record<string, string>): Promise<Effect | null> {
  return ask<Effect>(`${url}?${new URLSearchParams(fields)}`);
}

async function ask<Data>(url: string): Promise<Data | null> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return (await answer.json().catch(() => null)) as Data | null;
}

/** Posts a move to today's plan or to a scenario, whichever address that is; refusals come back in words. */
export async function postMove(
  url: string,
  code: string,
  dates: Dates,
  version: number | null,
  token: string,
): Promise<Moved> {
  const body = new URLSearchParams({ project: code, ...dates, version: String(version ?? "") });
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  const answer = await fetch(url, { method: "POST", body, headers }).catch(() => null);
  if (!answer) return refused(UNREACHED);
  if (answer.redirected) return refused(SIGNED_OUT);
  const text = await answer.text();
  const read = parsed(text);
  if (!answer.ok) return refused(read?.message ?? sentenceOf(text, answer.status), read);
  return { ...refused(read?.message ?? "Saved.", read), done: true };
}

function parsed(text: string): Partial<Moved> | null {
  try {
    return JSON.parse(text) as Partial<Moved>;
  } catch {
    return null;
  }
}

function refused(message: string, read?: Partial<Moved> | null): Moved {
  const { conflicts = [], changes = [], version } = read ?? {};
  return { done: false, message, conflicts, changes, ...(version === undefined ? {} : { version }) };
}

/** A page of refusal says in its first sentence what happened. */
function sentenceOf(text: string, status: number): string {
  const page = new DOMParser().parseFromString(text, "text/html");
  const sentence = page.querySelector(".finding")?.textContent?.trim();
  return sentence || `The server could not do this (error ${status}). Nothing was saved; try again.`;
}
