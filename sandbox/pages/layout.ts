import { createHash } from 'node:crypto';

const style = `
:root{color-scheme:light dark;--paper:#faf8f3;--sheet:#fffdf9;--line:#e6e0d3;--ink:#221d14;--soft:#6f6757;--brass:#8f620e;--brass-wash:#f4ead3;--bad:#b3341f;--shade:0 1px 2px #0001,0 8px 24px #0000000d}
@media (prefers-color-scheme:dark){:root{--paper:#171511;--sheet:#1f1c17;--line:#3a342a;--ink:#efe9dc;--soft:#a39a88;--brass:#e0b35a;--brass-wash:#332a17;--bad:#f0806a;--shade:0 1px 2px #0006}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:20px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Inter","Segoe UI",sans-serif}
main{width:100%;max-width:400px;background:var(--sheet);border:1px solid var(--line);border-radius:14px;box-shadow:var(--shade);padding:28px 28px 22px}
.mark{display:flex;align-items:center;gap:9px;color:var(--soft);font-size:13px;margin-bottom:18px}
.ring{width:18px;height:18px;border-radius:50%;border:4px solid var(--brass);flex:none}
h1{font-size:21px;line-height:1.25;letter-spacing:-.01em;margin:0 0 6px;overflow-wrap:anywhere}
p{margin:0 0 14px;overflow-wrap:anywhere}.soft,footer{color:var(--soft);font-size:13px}.bad{color:var(--bad)}
form,.ways{display:grid;gap:8px;margin:16px 0}
button,.way,input{font:inherit;width:100%;min-height:44px;border-radius:10px;border:1px solid var(--line);background:var(--paper);color:inherit;padding:9px 14px;text-align:left}
button{cursor:pointer}.way{display:block;text-decoration:none}
button:hover,.way:hover{border-color:var(--brass);background:var(--brass-wash)}
:focus-visible{outline:2px solid var(--brass);outline-offset:2px}
button b,.way b{display:block;font-weight:600;overflow-wrap:anywhere}button small,.way small{color:var(--soft);font-size:13px;overflow-wrap:anywhere}
.go{background:var(--brass);border-color:var(--brass);color:var(--sheet);font-weight:600;text-align:center}.go:hover{background:var(--brass);filter:brightness(1.08)}
.plain{text-align:center}.quiet{border-color:transparent;background:none;color:var(--soft);text-align:center}
::placeholder{color:var(--soft);opacity:.75}label{font-size:13px;color:var(--soft)}.split{border-top:1px solid var(--line);padding-top:14px}
.code{font:600 22px/1.2 ui-monospace,monospace;letter-spacing:.08em;background:var(--brass-wash);border-radius:10px;padding:10px 14px;text-align:center;margin:14px 0}
a{color:var(--brass)}a.way{color:inherit}noscript ul{margin:0 0 14px;padding-left:18px}
footer{border-top:1px solid var(--line);margin-top:18px;padding-top:14px}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * Headers of every page: it loads nothing, runs nothing and can't be framed. A form may lead to a
 * loopback address, because a native program waits there, and browsers count redirects as part of the form.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' http://127.0.0.1:* http://[::1]:*; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML elements and quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? '');

/** A whole page. `body` is HTML; the title is text. */
export const renderPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Varvel sandbox</title><style>${style}</style></head>
<body><main><div class="mark"><span class="ring" aria-hidden="true"></span>Varvel sandbox</div>
${body}
<footer>This is the sandbox: a local copy of fal on this computer. These people are fictional. Nothing here reaches GitHub, Google or fal.</footer></main></body></html>
`;
