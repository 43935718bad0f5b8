import type uPlot from "uplot";
import type { App } from "../app";
import type { Annotation } from "../api/contract";

const longestText = 26;

/** Vertical lines where something happened that explains a curve, with as much of the texts as has room; the list below the charts has all. */
export function drawAnnotations(plot: uPlot, app: App, annotations: readonly Annotation[], colour: string, ground: string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const end = bbox.left + bbox.width;
  const marks = annotations
    .map((annotation) => ({ x: Math.round(plot.valToPos(Date.parse(annotation.time) / 1000, "x", true)), text: short(app.say(annotation.text)) }))
    .filter(({ x }) => x >= bbox.left && x <= end);
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  for (const { x } of marks) {
    ctx.beginPath();
    ctx.moveTo(x, bbox.top - 12 * ratio);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  // The texts come after all lines, so that none goes through a word.
  ctx.font = `${10 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  let free = bbox.left;
  for (const { x, text } of marks) {
    const width = ctx.measureText(text).width;
    const left = x + 4 * ratio + width > end ? x - 4 * ratio - width : x + 4 * ratio;
    if (left < free) continue;
    ctx.fillStyle = ground;
    ctx.fillRect(left - ratio, bbox.top - 14 * ratio, width + 2 * ratio, 13 * ratio);
    ctx.fillStyle = colour;
    ctx.fillText(text, left, bbox.top - 2 * ratio);
    free = left + width + 8 * ratio;
  }
  ctx.restore();
}

function short(text: string): string {
  return text.length > longestText ? text.slice(0, longestText - 1) + "…" : text;
}
