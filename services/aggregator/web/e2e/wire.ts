// A connection that can be cut: the browser talks through it to a server that goes on.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class Wire {
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(url: string): Promise<Wire> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const wire = new Wire(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("connection", (browser) => wire.#join(browser, () => connect(Number(port), hostname)));
    return wire;
  }

  #join(browser: Socket, open: () => Socket): void {
    if (this.#isCut) {
      browser.destroy();
      return;
    }
    const upstream = open();
    browser.pipe(upstream).pipe(browser);
    [browser, upstream].forEach((socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        browser.destroy();
        upstream.destroy();
      });
    });
  }

  /** Breaks every connection off, and lets none through until it is mended. */
  cut(): void {
    this.#isCut = true;
    this.#sockets.forEach((socket) => socket.destroy());
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }
}
