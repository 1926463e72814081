/** A page as a browser without JavaScript gets it. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** A browser that knows cookies, redirects, links and forms, and no JavaScript. */
export interface PlainBrowser {
  open(url: string): Promise<Page>;
  /** Follows the link that carries an attribute, like `data-person="ada"`. */
  follow(page: Page, attribute: string): Promise<Page>;
  /** Presses the button that carries an attribute, like `data-person="ada"` or `name="cancel"`. */
  press(page: Page, attribute: string): Promise<Page>;
}

const unescaped = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");

const attributeOf = (tag: string, name: string): string | undefined => {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? undefined : unescaped(value);
};

/** @param isEnd tells an address that isn't to be opened: where the native program would listen */
export const createPlainBrowser = (isEnd: (url: string) => boolean = () => false): PlainBrowser => {
  const cookies = new Map<string, string>();

  const go = async (url: string, body?: URLSearchParams, hops = 0): Promise<Page> => {
    if (hops > 10) throw new Error(`too many redirects, last to ${url}`);
    if (isEnd(url)) return { url, status: 0, html: '', headers: new Headers() };
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body ? { method: 'POST', body } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const html = await response.text();
    return location === null
      ? { url, status: response.status, html, headers: response.headers }
      : go(new URL(location, url).href, undefined, hops + 1);
  };

  return {
    open: (url) => go(url),
    follow(page, attribute) {
      const link = [...page.html.matchAll(/<a [^>]*>/g)].find(([tag]) => tag.includes(attribute))?.[0] ?? '';
      const href = attributeOf(link, 'href');
      if (href === undefined) throw new Error(`no link with ${attribute}`);
      return go(new URL(href, page.url).href);
    },
    press(page, attribute) {
      const form = [...page.html.matchAll(/<form [\s\S]*?<\/form>/g)].find(([text]) =>
        text.includes(attribute),
      )?.[0];
      const button = [...(form ?? '').matchAll(/<button [^>]*>/g)].find(([tag]) =>
        tag.includes(attribute),
      )?.[0];
      if (form === undefined || button === undefined) throw new Error(`no button with ${attribute}`);
      const fields = new URLSearchParams();
      for (const [tag] of [...form.matchAll(/<input [^>]*>/g), [button] as const]) {
        const name = attributeOf(tag, 'name');
        if (name !== undefined) fields.append(name, attributeOf(tag, 'value') ?? '');
      }
      return go(new URL(attributeOf(form, 'action') ?? '', page.url).href, fields);
    },
  };
};
