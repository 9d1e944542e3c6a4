"""What the region knows and stands by: the fact bank, policies, expertise, reference companies, permit paths."""
