import "./portal.css";
import { start } from "../components/behaviour";

start();
