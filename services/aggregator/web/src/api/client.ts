/** The server has no such thing: an older server, or a message that is no longer held. */
export class NotThere extends Error {}

/** A question that got no good answer, in words for the page. */
export class NoAnswer extends Error {}

/** Asks the server. Paths are relative: the page may be served under any prefix. */
export async function ask<T>(path: string, parameters: Record<string, string> = {}): Promise<T> {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  let response: Response;
  try {
    response = await fetch(query.size ? `api/${path}?${query}` : `api/${path}`);
  } catch {
    throw new NoAnswer("the server cannot be reached");
  }
  // The session has ended: the page, asked for again, leads to the login.
  if (response.status === 401) location.reload();
  if (response.status === 404) throw new NotThere(path);
  if (!response.ok) throw new NoAnswer(`the server answered ${response.status} to ${path}`);
  try {
    return (await response.json()) as T;
  } catch {
    throw new NoAnswer(`the server's answer to ${path} cannot be read`);
  }
}
