import embedVega, { type Result, type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

const NAMES = "page ink quiet line accent past good fair warn poor bad none onbright".split(" ");
const HUES = 8;
const ERRORS_ONLY = 1;

/** The configuration of a chart from the page's own tokens, as mainstay/charts/theme.py gives it to papers. */
export function configuration(token: (name: string) => string): Record<string, unknown> {
  const quiet = token("quiet");
  const small = { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", titleColor: quiet };
  return {
    font: "Inter Variable, Inter, system-ui, sans-serif",
    background: "transparent",
    params: NAMES.map((name) => ({ name, value: token(name) })),
    range: { category: Array.from({ length: HUES }, (_, index) => token(String(index + 1))) },
    view: { stroke: null },
    axis: {
      ...small,
      labelColor: quiet,
      labelPadding: 6,
      gridColor: token("line"),
      ticks: false,
      domain: false,
    },
    legend: { ...small, labelColor: token("ink"), symbolStrokeWidth: 0, orient: "top", labelLimit: 220 },
    text: { fontSize: 12, color: token("ink") },
    bar: { color: token("accent"), cornerRadiusEnd: 2 },
  };
}

/** Draws a specification as SVG without evaluating code, so that a strict content security policy holds. */
export function embed(place: HTMLElement, spec: Record<string, unknown>): Promise<Result> {
  const style = getComputedStyle(place);
  return embedVega(place, spec as VisualizationSpec, {
    ast: true,
    expr: expressionInterpreter,
    renderer: "svg",
    actions: false,
    logLevel: ERRORS_ONLY,
    defaultStyle: false,
    tooltip: false,
    config: configuration((name) => style.getPropertyValue(`--m-chart-${name}`).trim()),
  });
}
