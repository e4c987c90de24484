/** The only wiring: joins the core's ports to Aeron and to the archive, and runs any set of roles in one process. */
package io.lockstep.node;
