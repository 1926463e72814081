// The browser's counterpart of preload: the window's bridge, over fetch and a web socket.
import { createWebBridge } from './web-bridge.ts';

Object.defineProperty(window, 'varvel', { value: createWebBridge(), enumerable: true });
