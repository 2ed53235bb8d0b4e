package org.manyi.org;

import org.manyi.shared.CaseEvent;

/**
 * Something about the organisation has changed; published in the same transaction. A listener that throws prevents the change:
 * a room that still needs the unit or the holder says so that way.
 */
public sealed interface OrganisationChanged extends CaseEvent
        permits ContactLeaderChanged,
                PostAssigned,
                PostCreated,
                PostReleased,
                RemitChanged,
                UnitChanged,
                UnitClosed,
                UnitRemoved,
                UnitCreated {}
