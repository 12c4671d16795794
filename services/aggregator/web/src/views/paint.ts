// Matrices as pictures.

export type Colour = [number, number, number];

/** 256 colours from one to another. Both are #rrggbb, or #rgb as style sheets are shortened to. */
export function ramp(from: string, to: string): Colour[] {
  const [a, b] = [parse(from), parse(to)];
  // The root lifts what is small: most attention is.
  return Array.from({ length: 256 }, (_, i) => {
    const share = Math.sqrt(i / 255);
    return [0, 1, 2].map((part) => Math.round(a[part]! + (b[part]! - a[part]!) * share)) as Colour;
  });
}

function parse(colour: string): Colour {
  const digits = colour.slice(1);
  const number = Number.parseInt(digits.length === 3 ? digits.replace(/./g, "$&$&") : digits, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Draws a matrix of shares, the largest of which gets the strongest colour. */
export function paint(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  rows: number[][],
  colours: Colour[],
  place: Place,
): void {
  const width = rows[0]?.length ?? 0;
  if (!width) return;
  const largest = Math.max(1e-9, ...rows.map((row) => Math.max(...row)));
  const image = new ImageData(width, rows.length);
  rows.forEach((row, y) =>
    row.forEach((value, x) => {
      const [red, green, blue] = colours[Math.round((value / largest) * 255)]!;
      image.data.set([red, green, blue, 255], (y * width + x) * 4);
    }),
  );
  const small = new OffscreenCanvas(width, rows.length);
  small.getContext("2d")!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = width > place.width;
  context.drawImage(small, place.x, place.y, place.width, place.height);
}
