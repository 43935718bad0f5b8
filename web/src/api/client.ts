import { both } from "../text/language";
import type { Text } from "./contract";

/** Why there is no answer, in words for a person. */
export interface Trouble {
  code: string;
  message: Text;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; trouble: Trouble };

/** Asks the server. A failure is a value that the page shows; only a missing login leads away from the page. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: "application/json" }, signal: signal ?? null });
  } catch {
    return failed("unreachable", both((t) => t.unreachable));
  }
  if (response.status === 401) {
    logIn();
    return failed("unauthorized", both((t) => t.unauthorized));
  }
  try {
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, value: body as T };
    const error = (body as { error?: Trouble }).error;
    if (error?.message) return failed(error.code, error.message);
  } catch {
    // No JSON: a proxy's page, or an answer that was cut off. The status says what can be said.
  }
  return failed("bad_answer", both((t) => t.badAnswer(response.status)));
}

export function logIn(): void {
  location.assign("/login?next=" + encodeURIComponent(location.pathname + location.search));
}

/** Ends the session of this browser; why not, when it does not end. */
export async function endSession(): Promise<Trouble | null> {
  try {
    const response = await fetch("/logout", { method: "POST", redirect: "manual" });
    return response.type === "opaqueredirect" ? null : { code: "bad_answer", message: both((t) => t.badAnswer(response.status)) };
  } catch {
    return { code: "unreachable", message: both((t) => t.unreachable) };
  }
}

function failed<T>(code: string, message: Text): Answer<T> {
  return { ok: false, trouble: { code, message } };
}
