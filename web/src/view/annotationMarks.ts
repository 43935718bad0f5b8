import type uPlot from "uplot";
import type { App } from "../app";
import type { Annotation } from "../api/contract";

const longestText = 26;

/** Vertical lines where something happened that explains a curve, with as much of the text as has room; the list below the charts has all. */
export function drawAnnotations(plot: uPlot, app: App, annotations: readonly Annotation[], colour: string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = ratio;
  ctx.font = `${10 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  let free = -Infinity;
  for (const annotation of annotations) {
    const x = Math.round(plot.valToPos(Date.parse(annotation.time) / 1000, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top - 12 * ratio);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const said = app.say(annotation.text);
    const text = said.length > longestText ? said.slice(0, longestText - 1) + "…" : said;
    const width = ctx.measureText(text).width;
    const left = x + 4 * ratio + width > bbox.left + bbox.width ? x - 4 * ratio - width : x + 4 * ratio;
    if (left < Math.max(free, bbox.left)) continue;
    ctx.fillText(text, left, bbox.top - 2 * ratio);
    free = left + width + 8 * ratio;
  }
  ctx.restore();
}
