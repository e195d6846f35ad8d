import type { SheetModel } from "./model.ts";
import type { Change } from "./types.ts";

/** The choice whose figure stays, cell by cell or for all, after somebody else saved first. */
export function settleClashes(host: HTMLElement, model: SheetModel): void {
  const choices = [...host.querySelectorAll<HTMLFieldSetElement>(".sheet-whose fieldset")];
  const mine = new Map(choices.map((choice) => [choice, textOf(choice, "mine", model)]));

  function changeOf(choice: HTMLFieldSetElement): Change[] {
    const chosen = choice.querySelector<HTMLInputElement>("input:checked")?.value;
    const row = model.lines.findIndex(({ key }) => key === choice.dataset.line);
    const column = model.columns.findIndex(({ key }) => key === choice.dataset.column);
    const text = chosen === "theirs" ? textOf(choice, "theirs", model) : mine.get(choice);
    return row < 0 || column < 0 ? [] : [{ row, column, text: text ?? "" }];
  }

  for (const choice of choices) choice.addEventListener("change", () => model.put(changeOf(choice), "."));
  for (const button of host.querySelectorAll<HTMLButtonElement>("[data-all]")) {
    button.addEventListener("click", () => {
      for (const choice of choices) {
        const wanted = choice.querySelector<HTMLInputElement>(`[value=${button.dataset.all}]`);
        if (wanted) wanted.checked = true;
      }
      model.put(choices.flatMap(changeOf), ".");
    });
  }
}

/** What stands in a cell as it was typed here, or as the other one saved it. */
function textOf(choice: HTMLElement, whose: "mine" | "theirs", model: SheetModel): string {
  const line = model.lines.find(({ key }) => key === choice.dataset.line);
  const column = choice.dataset.column ?? "";
  return (whose === "theirs" ? line?.theirs[column] : line?.cells[column]?.text) ?? "";
}
