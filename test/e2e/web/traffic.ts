import type { BrowserContext, Page, Response } from 'playwright-core';

export interface Traffic {
  /** Everything that went between the windows and the program so far, one text for each message. */
  messages(): Promise<{ what: string; text: string }[]>;
}

/** Records all that windows of one origin send and are sent: requests with their heads, answers, and events. */
export function recordTraffic(context: BrowserContext, origin: string): Traffic {
  const sent: { what: string; text: string }[] = [];
  const bodies: Promise<void>[] = [];
  const keepAnswer = async (response: Response): Promise<void> => {
    const body = await response.text().catch(() => '');
    const heads = JSON.stringify(await response.allHeaders());
    sent.push({ what: `answer ${response.url()}`, text: `${heads}\n${body}` });
  };
  const listenTo = (page: Page): void => {
    page.on('websocket', (socket) => {
      if (!socket.url().startsWith(origin.replace('http', 'ws'))) return;
      const keep = (what: string, payload: string | Buffer) => sent.push({ what, text: String(payload) });
      socket.on('framereceived', ({ payload }) => keep('framereceived', payload));
      socket.on('framesent', ({ payload }) => keep('framesent', payload));
    });
  };
  for (const page of context.pages()) listenTo(page);
  context.on('page', listenTo);
  context.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) return;
    sent.push({
      what: `request ${request.url()}`,
      text: `${JSON.stringify(request.headers())}\n${request.postData() ?? ''}`,
    });
  });
  context.on('response', (response) => {
    if (new URL(response.url()).origin === origin) bodies.push(keepAnswer(response));
  });
  return {
    async messages() {
      await Promise.all(bodies);
      return sent;
    },
  };
}
