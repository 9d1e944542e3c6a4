"""The fact bank at the desk: facts, policies, expertise, reference companies, permit paths."""
