/** A whole system on this machine, in one process or in many. */
package io.lockstep.tools.system;
