"""
The ground: organization and tenancy, clock, jobs, outbox, outbound HTTP, access, audit, filters to SQL.

It must not know any feature.
"""
