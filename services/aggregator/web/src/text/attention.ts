// The attention of one segment: bytes [layer][head][from][to], each row of which sums to 255.

export class Attention {
  private constructor(
    private readonly bytes: Uint8Array,
    readonly layers: number,
    readonly heads: number,
    readonly tokens: number,
  ) {}

  /** @returns null when the bytes are not as many as they must be */
  static decode(base64: string, layers: number, heads: number, tokens: number): Attention | null {
    let text: string;
    try {
      text = atob(base64);
    } catch {
      return null;
    }
    if (text.length !== layers * heads * tokens * tokens) return null;
    return new Attention(
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
      layers,
      heads,
      tokens,
    );
  }

  /** How much one token looks at another, 0 to 1. @param head -1: the mean of all */
  weight(layer: number, head: number, from: number, to: number): number {
    if (head < 0) {
      let sum = 0;
      for (let h = 0; h < this.heads; h++) sum += this.#at(layer, h, from, to);
      return sum / this.heads / 255;
    }
    return this.#at(layer, head, from, to) / 255;
  }

  /** One layer and head as rows; without some tokens when asked, each row then scaled to 1 again. */
  map(layer: number, head: number, kept: readonly number[]): number[][] {
    return kept.map((from) => {
      const row = kept.map((to) => this.weight(layer, head, from, to));
      const sum = row.reduce((a, b) => a + b, 0);
      return kept.length === this.tokens || sum === 0 ? row : row.map((value) => value / sum);
    });
  }

  #at(layer: number, head: number, from: number, to: number): number {
    const n = this.tokens;
    return this.bytes[((layer * this.heads + head) * n + from) * n + to] ?? 0;
  }
}
