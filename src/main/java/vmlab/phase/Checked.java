package vmlab.phase;

import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;

/** A plan that fits this machine, and what is there of it already. */
record Checked(Plan plan, Accelerator accelerator, Inventory found) {}
