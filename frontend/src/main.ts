import "./styles/main.css";
import "./exchange.ts";
import "./menus.ts";
import "./islands/answers.ts";
import "./islands/chart.ts";
import "./islands/columns.ts";
import "./islands/commands.ts";
import "./islands/draft.ts";
import "./islands/heat.ts";
import "./islands/list.ts";
import "./islands/live.ts";
import "./islands/map.ts";
import "./islands/rank.ts";
import "./islands/sheet.ts";
import "./islands/theme.ts";
import "./islands/weights.ts";
import { adoptToasts } from "./toasts.ts";

adoptToasts(document);
