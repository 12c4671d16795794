/** The last values of some numbers, by name, as they came while the page was open. */
export class History {
  readonly #values = new Map<string, number[]>();

  constructor(private readonly most: number) {}

  add(name: string, value: number): void {
    const values = this.#values.get(name) ?? [];
    values.push(value);
    if (values.length > this.most) values.shift();
    this.#values.set(name, values);
  }

  of(name: string): readonly number[] {
    return this.#values.get(name) ?? [];
  }
}
