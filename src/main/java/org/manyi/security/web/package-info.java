/** Login, password and account pages, tokens and the person at work in the API, and what every page shows of them. */
package org.manyi.security.web;
