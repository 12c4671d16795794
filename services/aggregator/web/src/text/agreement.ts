/** What the agreement of rollout and masking means, in a sentence. */
export function agreementInWords(agreement: number | null): string {
  if (agreement === null) {
    return "For this message their agreement cannot be told: it has too few tokens, or none made a difference.";
  }
  const measured = `(rank correlation ${agreement < 0 ? "−" : ""}${Math.abs(agreement).toFixed(2)})`;
  if (agreement >= 0.7) return `Here attention and masking agree well ${measured}.`;
  if (agreement >= 0.4) return `Here attention and masking agree in part ${measured}.`;
  if (agreement >= 0.1) return `Here attention and masking hardly agree ${measured}: go by the masking.`;
  return `Here attention and masking do not agree ${measured}: go by the masking.`;
}
