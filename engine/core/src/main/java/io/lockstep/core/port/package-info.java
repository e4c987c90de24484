/** The narrow ports through which the core hands messages to the outside; adapters and the simulator implement them. */
package io.lockstep.core.port;
