import { render } from "preact";
import { Dashboard } from "./model/dashboard.ts";
import "./style/page.css";
import "./style/panels.css";
import "./style/message.css";
import { App } from "./views/App.tsx";
import { applyTheme, readTheme } from "./views/theme.ts";

applyTheme(readTheme());
const page = document.getElementById("page")!;
const dashboard: Dashboard = new Dashboard(() => render(<App dashboard={dashboard} />, page));
dashboard.now();
dashboard.start();
