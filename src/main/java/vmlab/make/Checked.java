package vmlab.make;

import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;

/** A plan that fits this machine, and what is there of it already. */
public record Checked(Plan plan, Accelerator accelerator, Inventory found) {}
