import "./portal.css";
import { start } from "../components/behaviour";
import { shortlist } from "./shortlist";
import { visits } from "./visit";

start();
shortlist();
visits();
if (document.querySelector("[data-draft], [data-draft-sent]")) void import("./draft").then(({ drafts }) => drafts());
if (document.querySelector("form[data-search]")) void import("../components/search");
if (document.querySelector("[data-finder-results]")) void import("../components/finder");
