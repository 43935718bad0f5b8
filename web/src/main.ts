import "uplot/dist/uPlot.min.css";
import "./style/base.css";
import "./style/shell.css";
import "./style/overview.css";
import "./style/history.css";
import "./style/machine.css";
import "./style/connections.css";
import "./style/findings.css";
import "./style/tables.css";
import "./style/owners.css";
import { Dashboard } from "./dashboard";

const place = document.getElementById("page");
if (place) new Dashboard(place).start();
