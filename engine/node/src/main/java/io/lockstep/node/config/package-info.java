/** What a node is told by its properties file, checked as a whole before anything starts. */
package io.lockstep.node.config;
